using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Costs;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Stdio.Completion;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// <c>tools</c>: what <c>serve</c> would list, under the same names, or those of it that fit a request best.
/// </summary>
internal static class ToolsCommand
{
    private const int UsualLimit = 10;

    private const string Examples = """
        mcp-runtime tools
        mcp-runtime tools --connectors ./connectors --format json
        mcp-runtime tools --search 'which pets have been sold'
        mcp-runtime tools --search 'upload a photo' --connector petstore --limit 3
        mcp-runtime tools --cost
        """;

    public static Command Create(Terminal terminal)
    {
        var connectors = CommonOptions.Connectors();
        var connector = new Option<string>("--connector")
        {
            Description = "Only the tools of this connector.",
            HelpName = "NAME",
            CompletionSources = { KnownNames.Connectors },
        };
        var search = new Option<string>("--search")
        {
            Description =
                "What you want to do, in English, German, French, Spanish or Japanese: prints the tools that "
                + "fit best, best first.",
            HelpName = "WORDS",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "Maximum number of tools of --search.",
            HelpName = "N",
            DefaultValueFactory = _ => UsualLimit,
            CustomParser = ParseCount,
        };
        var cost = new Option<bool>("--cost")
        {
            Description = "Shows the estimated tokens of a model's context that the tools take, by part, tag and tool.",
        };
        var all = new Option<bool>("--all")
        {
            Description = "With --cost: all tags and tools, not only the ten costliest.",
        };
        var format = CommonOptions.Format();
        var command = new DocumentedCommand("tools", "Lists the tools of all connectors, or searches them.", Examples)
        {
            connectors,
            connector,
            search,
            limit,
            cost,
            all,
            format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(limit) is { Implicit: false } && result.GetResult(search) is null)
                result.AddError("--limit needs --search.");
            if (result.GetResult(search) is not null && string.IsNullOrWhiteSpace(result.GetValue(search)))
                result.AddError("--search needs words to search for.");
            if (result.GetValue(all) && !result.GetValue(cost))
                result.AddError("--all is for --cost.");
            if (result.GetValue(cost) && result.GetResult(search) is not null)
                result.AddError("--cost and --search cannot be combined.");
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = CommonOptions.Settings(parsed, connectors);
                var snapshot = await ConnectorFolder.LoadAsync(settings, cancellationToken);
                await FindingsText.WriteAsync(terminal, snapshot.Findings);
                var catalog = Choose(snapshot, parsed.GetValue(connector));
                var isJson = parsed.GetValue(format) == OutputFormat.Json;
                if (parsed.GetValue(search) is { } words)
                    await ToolSearchOutput.WriteAsync(
                        terminal,
                        catalog,
                        words,
                        parsed.GetValue(limit),
                        isJson,
                        cancellationToken
                    );
                else if (parsed.GetValue(cost))
                    await ToolCostOutput.WriteAsync(
                        terminal,
                        CatalogCost.Of(catalog, settings.PublishOutputSchemas),
                        parsed.GetValue(all),
                        isJson,
                        cancellationToken
                    );
                else
                    await ToolListOutput.WriteAsync(terminal, catalog, isJson, cancellationToken);
                return snapshot.Findings.Any(finding => finding.Severity == FindingSeverity.Error)
                    ? ExitCode.Failed
                    : ExitCode.Good;
            }
        );
        return command;
    }

    /// <summary>The tools of a connector; all tools for null.</summary>
    /// <exception cref="McpRuntimeException">There is no such connector.</exception>
    public static ToolCatalog Choose(ConnectorSnapshot snapshot, string? connector)
    {
        if (connector is null)
            return snapshot.Tools;
        var names = snapshot.Connectors.Select(loaded => loaded.Manifest.Name).ToList();
        if (!names.Contains(connector, StringComparer.OrdinalIgnoreCase))
            throw new McpRuntimeException(
                $"There is no connector '{connector}'.{NearNames.DidYouMean(connector, names)}"
            );
        return snapshot.Tools.Where(tool => tool.Connector.Name.Equals(connector, StringComparison.OrdinalIgnoreCase));
    }

    private static int ParseCount(ArgumentResult result)
    {
        var word = result.Tokens[^1].Value;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;
        result.AddError($"--limit is a number above 0, not '{word}'.");
        return 0;
    }
}
