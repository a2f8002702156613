using System.CommandLine;

namespace McpRuntime.Stdio.Credentials;

/// <summary><c>logout CONNECTOR</c>: ends a sign-in at its provider and forgets it.</summary>
internal static class LogoutCommand
{
    private const string Examples = """
        mcp-runtime logout box
        mcp-runtime logout box --profile work
        """;

    public static Command Create(Terminal terminal)
    {
        var connector = AccountOptions.Connector();
        var profile = AccountOptions.Profile();
        var scheme = AccountOptions.Scheme();
        var connectors = CommonOptions.Connectors();
        var command = new DocumentedCommand("logout", "Ends a sign-in at its provider and forgets it.", Examples)
        {
            connector,
            profile,
            scheme,
            connectors,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new LogoutRun(terminal, CommonOptions.Settings(parsed, connectors))
                {
                    Connector = parsed.GetValue(connector)!,
                    Profile = parsed.GetValue(profile),
                    Scheme = parsed.GetValue(scheme),
                }.RunAsync(cancellationToken)
        );
        return command;
    }
}
