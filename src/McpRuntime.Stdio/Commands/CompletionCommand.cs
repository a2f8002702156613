using System.CommandLine;
using McpRuntime.Stdio.Completion;

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
        var shell = new Argument<string>("SHELL")
        {
            Description = "The shell.",
            HelpName = string.Join('|', CompletionScript.Shells),
        };
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !CompletionScript.Shells.Contains(token.Value))
                result.AddError(
                    $"'{token.Value}' is not a shell that is known here; known are "
                        + $"{string.Join(", ", CompletionScript.Shells)}."
                );
        });
        var command = new DocumentedCommand(
            "completion",
            "Prints a script that completes commands, options and the names of tools and connectors in a shell, where "
                + "mcp-runtime is on the PATH.",
            Examples
        )
        {
            shell,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var script = CompletionScript.For(parsed.GetRequiredValue(shell));
                await terminal.Out.WriteAsync(script.AsMemory(), cancellationToken);
                return ExitCode.Good;
            }
        );
        return command;
    }
}
