using System.CommandLine;
using McpRuntime.Configuration;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>lock FILE</c>: keeps what was reviewed of the tools.</summary>
internal static class LockCommand
{
    private const string Examples = """
        mcp-runtime lock /etc/mcp-runtime/tools.lock
        mcp-runtime lock /etc/mcp-runtime/tools.lock --check
        mcp-runtime lock /etc/mcp-runtime/tools.lock --connector petstore --yes
        """;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The lock; it is made if it does not exist." };
        var connectors = CommonOptions.Connectors();
        var connector = new Option<string>("--connector")
        {
            HelpName = "NAME",
            Description = "Reviews only this connector; the others stay as they are in the lock.",
            CompletionSources = { KnownNames.Connectors },
        };
        var check = new Option<bool>("--check")
        {
            Description = "Changes nothing; exit code 1 if something is not as it was reviewed.",
        };
        var yes = new Option<bool>("--yes") { Description = "Does not ask before it replaces what was reviewed." };
        var lockStart = CommonOptions.LockStart(
            "Also saves there what makes starts fast; for 'serve --lock-start'. Place it like the lock."
        );
        var format = CommonOptions.ReportFormat();
        var command = new DocumentedCommand(
            "lock",
            "Keeps what was reviewed of the tools, for 'serve --lock': what a model sees of each, and "
                + "what its call does.",
            Examples
        )
        {
            file,
            connectors,
            connector,
            check,
            yes,
            lockStart,
            format,
        };
        command.Validators.Add(result =>
        {
            if (CommonOptions.IsSarif(result, format) && !result.GetValue(check))
                result.AddError("--format sarif reports differences; it needs --check.");
        });
        command.SetAction(
            (parsed, cancellationToken) =>
                new LockRun(terminal, Settings(parsed))
                {
                    File = parsed.GetRequiredValue(file),
                    Connector = parsed.GetValue(connector),
                    OnlyChecks = parsed.GetValue(check),
                    IsConfirmed = parsed.GetValue(yes),
                    Format = parsed.GetValue(format),
                }.RunAsync(cancellationToken)
        );
        return command;

        RuntimeSettings Settings(ParseResult parsed) =>
            ConsoleOptions.Settings(parsed.GetValue(connectors), lockStartFile: parsed.GetValue(lockStart));
    }
}
