using System.CommandLine;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>call TOOL</c>: one call, as an MCP client would make it.</summary>
internal static class CallCommand
{
    private const string Examples = """
        mcp-runtime call list_pets species=cat
        mcp-runtime call list_pets --arguments '{"species": "cat"}'
        mcp-runtime call list_orders --max-items 500
        mcp-runtime call add_pet --arguments @pet.json --dry-run
        echo '{"petId": 7}' | mcp-runtime call get_pet --arguments -
        """;

    public static Command Create(Terminal terminal)
    {
        var tool = new Argument<string>("TOOL")
        {
            Description = "Name of the tool, as 'mcp-runtime tools' lists it.",
            HelpName = "TOOL",
            CompletionSources = { KnownNames.Tools },
        };
        var pairs = new Argument<string[]>("ARGUMENT")
        {
            Description = "Arguments of the tool: NAME=TEXT, which is converted by the tool's schema, or NAME:=JSON.",
            HelpName = "ARGUMENT",
            CompletionSources = { KnownNames.Arguments },
            Arity = ArgumentArity.ZeroOrMore,
        };
        var arguments = new Option<string>("--arguments", "-a")
        {
            Description = "The arguments as a JSON object; @FILE reads a file, - reads standard input.",
            HelpName = "JSON|@FILE|-",
            DefaultValueFactory = _ => "{}",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Prints the HTTP request as a curl command, with secrets masked, and sends nothing.",
        };
        var all = new Option<bool>("--all")
        {
            Description =
                "For a list with pages: prints the items of all pages as JSON Lines, each as its page arrives.",
        };
        var maxItems = new Option<long?>("--max-items")
        {
            Description = "The same, at most this many items.",
            HelpName = "N",
        };
        maxItems.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!long.TryParse(token.Value, out var number) || number < 1))
                result.AddError("--max-items must be a whole number of at least 1.");
        });
        var connectors = CommonOptions.Connectors();
        var profile = CommonOptions.Profile();
        var command = new DocumentedCommand("call", "Calls a tool.", Examples)
        {
            tool,
            pairs,
            arguments,
            all,
            maxItems,
            dryRun,
            profile,
            connectors,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new CallRun(terminal, CommonOptions.Settings(parsed, connectors, profile))
                {
                    Tool = parsed.GetRequiredValue(tool),
                    Arguments = parsed.GetRequiredValue(arguments),
                    Pairs = parsed.GetValue(pairs) ?? [],
                    DryRun = parsed.GetValue(dryRun),
                    HasPages = parsed.GetValue(all) || parsed.GetValue(maxItems) is not null,
                    MaxItems = parsed.GetValue(maxItems),
                }.RunAsync(cancellationToken)
        );
        return command;
    }
}
