using System.CommandLine;
using McpRuntime.Credentials;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Credentials;

/// <summary>
/// <c>credentials list|check|set|remove</c>: what is set, from where and for which origins, and the console's own
/// store; never a value.
/// </summary>
internal static class CredentialsCommand
{
    private const string Examples = """
        mcp-runtime credentials list
        mcp-runtime credentials check petstore
        """;

    private const string SetExamples = """
        mcp-runtime credentials set petstore
        pass show petstore | mcp-runtime credentials set petstore --scheme api_key
        mcp-runtime credentials set box --field client_id --field client_secret --profile work
        """;

    public static Command Create(Terminal terminal) =>
        new DocumentedCommand("credentials", "Shows, stores and removes credentials; never shows a value.", Examples)
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
            Set(terminal),
            Remove(terminal),
        };

    private static DocumentedCommand Set(Terminal terminal)
    {
        var connector = AccountOptions.Connector();
        // So that a value is refused without being shown.
        var values = new Argument<string[]>("VALUE") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        values.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
                result.AddError(
                    "A value is never an argument, where other programs can see it. Run the command without it, and "
                        + "type the value when asked or pipe it into standard input."
                );
        });
        var scheme = AccountOptions.Scheme();
        var profile = AccountOptions.Profile();
        var field = FieldNames();
        var force = new Option<bool>("--force")
        {
            Description = "Approves every origin that the manifest names now, whatever was approved before.",
        };
        var connectors = CommonOptions.Connectors();
        var command = new DocumentedCommand(
            "set",
            "Stores a credential: asks for it, or reads it from standard input (one value, or lines NAME=value).",
            SetExamples
        )
        {
            connector,
            values,
            scheme,
            profile,
            field,
            force,
            connectors,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new SetRun(terminal, CommonOptions.Settings(parsed, connectors))
                {
                    Connector = parsed.GetValue(connector)!,
                    Scheme = parsed.GetValue(scheme),
                    Profile = parsed.GetValue(profile),
                    Fields = [.. (parsed.GetValue(field) ?? []).Select(CredentialName.FieldOf).Distinct()],
                    Force = parsed.GetValue(force),
                }.RunAsync(cancellationToken)
        );
        return command;
    }

    private static DocumentedCommand Remove(Terminal terminal)
    {
        var connector = AccountOptions.Connector();
        var scheme = AccountOptions.Scheme();
        var profile = AccountOptions.Profile();
        var connectors = CommonOptions.Connectors();
        var command = new DocumentedCommand(
            "remove",
            "Removes a credential that was stored with 'credentials set' or 'login'.",
            "mcp-runtime credentials remove petstore"
        )
        {
            connector,
            scheme,
            profile,
            connectors,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new RemoveRun(terminal, CommonOptions.Settings(parsed, connectors))
                {
                    Connector = parsed.GetValue(connector)!,
                    Scheme = parsed.GetValue(scheme),
                    Profile = parsed.GetValue(profile),
                }.RunAsync(cancellationToken)
        );
        return command;
    }

    private static Option<string[]> FieldNames()
    {
        var option = new Option<string[]>("--field")
        {
            Description = "Name of a field to ask for, e.g. client_id. Default: what the scheme needs.",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
            CompletionSources = { KnownNames.Fields },
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                try
                {
                    if (CredentialName.FieldOf(token.Value) != CredentialField.Origins)
                        continue;
                }
                catch (FormatException)
                {
                    // It may be a value, which is not shown.
                }
                var names = Enum.GetValues<CredentialField>()
                    .Where(field => field != CredentialField.Origins)
                    .Select(CredentialName.Of);
                result.AddError($"--field takes only a name and never a value. Names are {string.Join(", ", names)}.");
            }
        });
        return option;
    }

    private static DocumentedCommand Subcommand(string name, string description, bool checks, Terminal terminal)
    {
        var connector = new Argument<string?>("CONNECTOR")
        {
            Description = "Name of a connector. Default: all.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "CONNECTOR",
            CompletionSources = { KnownNames.Connectors },
        };
        var connectors = CommonOptions.Connectors();
        var profile = CommonOptions.Profile();
        var format = CommonOptions.Format();
        var command = new DocumentedCommand(name, description, Examples) { connector, profile, connectors, format };
        command.SetAction(
            (parsed, cancellationToken) =>
                new CredentialsRun(terminal, CommonOptions.Settings(parsed, connectors, profile))
                {
                    Connector = parsed.GetValue(connector),
                    Checks = checks,
                    Format = parsed.GetValue(format),
                }.RunAsync(cancellationToken)
        );
        return command;
    }
}
