using System.CommandLine;

namespace McpRuntime.ShellCompletion;

/// <summary>What <c>completion SHELL</c> takes and does, in every program.</summary>
internal static class ShellArgument
{
    /// <param name="command">The command that prints the script.</param>
    /// <param name="program">The name of this program, as on the PATH.</param>
    /// <param name="output">Where the script goes; called when the command runs.</param>
    public static void AddTo(Command command, string program, Func<TextWriter> output)
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
        command.Add(shell);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var script = CompletionScript.For(parsed.GetRequiredValue(shell), program);
                await output().WriteAsync(script.AsMemory(), cancellationToken);
                return 0;
            }
        );
    }
}
