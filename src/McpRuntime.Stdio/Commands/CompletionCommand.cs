using System.CommandLine;
using McpRuntime.ShellCompletion;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>completion SHELL</c>: the script that completes commands, options and names in a shell.</summary>
internal static class CompletionCommand
{
    private const string Examples = """
        bash, in ~/.bashrc:
          source <(mcp-runtime completion bash)
        zsh, in ~/.zshrc after compinit:
          source <(mcp-runtime completion zsh)
        fish:
          mcp-runtime completion fish > ~/.config/fish/completions/mcp-runtime.fish
        PowerShell, in $PROFILE:
          mcp-runtime completion pwsh | Out-String | Invoke-Expression
        """;

    public static Command Create(Terminal terminal)
    {
        var command = new DocumentedCommand(
            "completion",
            "Prints a script that completes commands, options and the names of tools and connectors in a shell, where "
                + "mcp-runtime is on the PATH.",
            Examples
        );
        ShellArgument.AddTo(command, "mcp-runtime", () => terminal.Out);
        return command;
    }
}
