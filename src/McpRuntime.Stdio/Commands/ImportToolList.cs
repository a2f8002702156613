using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// The tools and skipped operations of an import: each of a small document, a summary of a large one.
/// </summary>
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
        await terminal.Out.WriteLineAsync(
            "  Models choose best among at most 50 tools. To import fewer, add --force and --include-tag, "
                + "--include-path, --methods or --read-only;"
        );
        await terminal.Out.WriteLineAsync(
            "  to serve fewer, use 'mcp-runtime serve --tools'. 'mcp-runtime tools --cost' shows what costs "
                + "most; --all lists every tool."
        );
    }

    private async Task WriteSummaryAsync(Terminal terminal)
    {
        var tags = TagTotal.Of(Result);
        await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"Tools by tag ({Number(tags.Count)})"));
        var shown = tags.GetRange(0, Math.Min(tags.Count, MostTags));
        var width = WidthOf(shown.Select(tag => tag.Name));
        foreach (var tag in shown)
        {
            var size = terminal.OnOut(Colour.Dim, $"~{CountText.Of(tag.Tokens, "token")}");
            await terminal.Out.WriteLineAsync($"  {Safe(tag.Name).PadRight(width)}  {Number(tag.Tools), 5}  {size}");
        }
        if (tags.Count > MostTags)
            await terminal.Out.WriteLineAsync($"  and {CountText.Of(tags.Count - MostTags, "more tag")}");
        await terminal.Out.WriteLineAsync(terminal.OnOut(Colour.Bold, $"The {Costliest} costliest tools"));
        var costliest = new List<ImportedTool>(Result.Tools);
        costliest.Sort(
            (left, right) =>
                right.EstimatedTokens != left.EstimatedTokens
                    ? right.EstimatedTokens.CompareTo(left.EstimatedTokens)
                    : string.CompareOrdinal(left.Name, right.Name)
        );
        await WriteToolsAsync(terminal, costliest.GetRange(0, Costliest));
    }

    private static async Task WriteToolsAsync(Terminal terminal, IReadOnlyList<ImportedTool> tools)
    {
        var name = WidthOf(tools.Select(tool => tool.Name));
        var endpoint = WidthOf(tools.Select(tool => tool.Endpoint));
        foreach (var tool in tools)
        {
            var size = terminal.OnOut(Colour.Dim, $"~{CountText.Of(tool.EstimatedTokens, "token")}");
            await terminal.Out.WriteLineAsync(
                $"  {Safe(tool.Name).PadRight(name)}  {Safe(tool.Endpoint).PadRight(endpoint)}  {size}"
            );
        }
    }

    private async Task WriteSkippedAsync(Terminal terminal)
    {
        var skipped = Result.Skipped;
        if (skipped.Count == 0)
            return;
        await terminal.Out.WriteLineAsync(
            terminal.OnOut(Colour.Bold, $"{CountText.Of(skipped.Count, "operation")} skipped")
        );
        if (IsAll || skipped.Count <= ManySkipped)
        {
            foreach (var operation in skipped)
                await terminal.Out.WriteLineAsync(
                    $"  {Safe(operation.Method)} {Safe(operation.Path)}: {Safe(operation.Reason)}"
                );
            return;
        }
        foreach (
            var reason in skipped
                .GroupBy(operation => operation.Reason, StringComparer.Ordinal)
                .OrderByDescending(reason => reason.Count())
                .Take(ManySkipped)
        )
            await terminal.Out.WriteLineAsync($"  {Number(reason.Count())}: {Safe(reason.Key)}");
        await terminal.Out.WriteLineAsync("  --all lists each.");
    }

    private static int WidthOf(IEnumerable<string> names)
    {
        var width = 0;
        foreach (var name in names)
            width = Math.Max(width, name.Length);
        return Math.Min(width, 40);
    }

    private static string Safe(string text) => UntrustedText.ForTerminal(text);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
