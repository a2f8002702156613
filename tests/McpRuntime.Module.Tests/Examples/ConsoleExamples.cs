using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>What <c>mcp-runtime COMMAND --help</c> shows as examples.</summary>
internal static class ConsoleExamples
{
    private static readonly string[] Commands =
    [
        "import",
        "validate",
        "tools",
        "call",
        "credentials",
        "credentials list",
        "credentials check",
        "serve",
    ];

    public static async Task<IReadOnlyList<Example>> ReadAsync(CancellationToken cancellationToken)
    {
        var examples = new List<Example>();
        foreach (var command in Commands)
        {
            var help = await ProcessRunner.RunAsync(
                McpRuntimeProcess.Executable,
                [.. command.Split(' '), "--help"],
                cancellationToken: cancellationToken
            );
            var lines = help
                .Out.ReplaceLineEndings("\n")
                .Split('\n')
                .SkipWhile(line => line != "Examples:")
                .Skip(1)
                .Where(line => line.Length > 0);
            examples.AddRange(
                lines.Select(
                    (line, index) => new Example($"mcp-runtime {command} --help, example {index + 1}", line.Trim())
                )
            );
        }
        return examples;
    }
}
