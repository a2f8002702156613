using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary>The tools and skipped operations of an import: each of a small document, a summary of a large one.</summary>
/// <param name="Result">An import with a manifest.</param>
/// <param name="IsAll">Each tool in any case.</param>
internal sealed record ImportToolList(ImportResult Result, bool IsAll)
{
    private const int Many = 50;
    private const int ManySkipped = 20;
    private const int Costliest = 10;
    private const int MostTags = 25;

    private bool IsSummary => !IsAll && Result.Tools.Count > Many;

    public async Task WriteAsync(Terminal terminal)
    {
        if (IsSummary)
            await WriteSummaryAsync(terminal);
        else
            await WriteToolsAsync(terminal, Result.Tools);
        await WriteSkippedAsync(terminal);
    }

    /// <summary>What to do about a large list; nothing for a small one.</summary>
    public async Task WriteAdviceAsync(Terminal terminal)
    {
        if (!IsSummary)
            return;
        await terminal.Out.WriteLineAsync("  Models choose best among at most 50 tools. To import fewer, add --force and --include-tag, --include-path, --methods or --read-only;");
        await terminal.Out.WriteLineAsync("  to serve fewer, use 'mcp-runtime serve --tools'. 'mcp-runtime tools --cost' shows what costs most; --all lists every tool.");
    }

    private async Task WriteSummaryAsync(Terminal terminal)
    {
        var tagged = Result.Manifest!.Tools.Zip(Result.Tools)
            .SelectMany(pair => (pair.First.Tags.Count > 0 ? pair.First.Tags : [""]).Select(tag => (Tag: tag, pair.Second.EstimatedTokens)))
            .GroupBy(tool => tool.Tag, StringComparer.Ordinal)
            .Select(tag => (Name: tag.Key.Length > 0 ? tag.Key : "(no tag)", Tools: tag.Count(), Tokens: tag.Sum(tool => tool.EstimatedTokens)))
            .OrderByDescending(tag => tag.Tools).ThenBy(tag => tag.Name, StringComparer.Ordinal).ToList();
        await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"Tools by tag ({Number(tagged.Count)})"));
        var width = WidthOf(tagged.Take(MostTags).Select(tag => tag.Name));
        foreach (var (name, tools, tokens) in tagged.Take(MostTags))
        {
            var size = terminal.OnOut(Colour.Dim, $"~{Number(tokens)} tokens");
            await terminal.Out.WriteLineAsync($"  {Safe(name).PadRight(width)}  {Number(tools),5}  {size}");
        }
        if (tagged.Count > MostTags)
            await terminal.Out.WriteLineAsync($"  and {Number(tagged.Count - MostTags)} more tags");
        await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"The {Costliest} costliest tools"));
        await WriteToolsAsync(terminal, [.. Result.Tools.OrderByDescending(tool => tool.EstimatedTokens).Take(Costliest)]);
    }

    private static async Task WriteToolsAsync(Terminal terminal, IReadOnlyList<ImportedTool> tools)
    {
        var width = WidthOf(tools.Select(tool => tool.Name));
        foreach (var tool in tools)
        {
            var size = terminal.OnOut(Colour.Dim, $"~{Number(tool.EstimatedTokens)} tokens");
            await terminal.Out.WriteLineAsync($"  {Safe(tool.Name).PadRight(width)}  {Safe(tool.Endpoint)}  {size}");
        }
    }

    private async Task WriteSkippedAsync(Terminal terminal)
    {
        var skipped = Result.Skipped;
        if (skipped.Count == 0)
            return;
        await terminal.Out.WriteLineAsync(
            terminal.OnOut(Colour.Bold, $"{Number(skipped.Count)} {(skipped.Count == 1 ? "operation" : "operations")} skipped"));
        if (IsAll || skipped.Count <= ManySkipped)
        {
            foreach (var operation in skipped)
                await terminal.Out.WriteLineAsync($"  {Safe(operation.Method)} {Safe(operation.Path)}: {Safe(operation.Reason)}");
            return;
        }
        foreach (var reason in skipped.GroupBy(operation => operation.Reason, StringComparer.Ordinal).OrderByDescending(reason => reason.Count()).Take(ManySkipped))
            await terminal.Out.WriteLineAsync($"  {Number(reason.Count())}: {Safe(reason.Key)}");
        await terminal.Out.WriteLineAsync("  --all lists each.");
    }

    private static int WidthOf(IEnumerable<string> names) => Math.Min(names.Select(name => name.Length).DefaultIfEmpty().Max(), 40);

    private static string Safe(string text) => UntrustedText.ForTerminal(text);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
