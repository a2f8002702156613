using System.CommandLine;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// <c>credentials list|check [CONNECTOR]</c>: what is set, from where and for which origins; never a value.
/// </summary>
internal static class CredentialsCommand
{
    private const string Examples = """
        mcp-runtime credentials list
        mcp-runtime credentials check petstore
        """;

    public static Command Create(Terminal terminal) =>
        new DocumentedCommand("credentials", "Shows which credentials are set; never shows a value.", Examples)
        {
            Subcommand(
                "list",
                "Lists the security schemes, and the source and origins of their credentials.",
                false,
                terminal
            ),
            Subcommand(
                "check",
                "Checks that each credential can be used, including OAuth token endpoints. Exit code 1 if not.",
                true,
                terminal
            ),
        };

    private static DocumentedCommand Subcommand(string name, string description, bool checks, Terminal terminal)
    {
        var connector = new Argument<string?>("CONNECTOR")
        {
            Description = "Name of a connector. Default: all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var connectors = CommonOptions.Connectors();
        var format = CommonOptions.Format();
        var command = new DocumentedCommand(name, description, Examples) { connector, connectors, format };
        command.SetAction(
            (parsed, cancellationToken) =>
                new CredentialsRun(terminal, CommonOptions.Settings(parsed, connectors))
                {
                    Connector = parsed.GetValue(connector),
                    Checks = checks,
                    Format = parsed.GetValue(format),
                }.RunAsync(cancellationToken)
        );
        return command;
    }
}
