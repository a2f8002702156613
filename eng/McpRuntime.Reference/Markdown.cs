namespace McpRuntime.Reference;

/// <summary>Writes Markdown.</summary>
internal static class Markdown
{
    /// <summary>A table; cells are Markdown already, without line breaks.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', [Row(head), $"|{string.Concat(Enumerable.Repeat("---|", head.Count))}", .. rows.Select(Row)]);

    /// <summary>Text as it is, between backticks.</summary>
    public static string Code(string text) =>
        text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    /// <summary>Plain text, with the characters that Markdown or HTML would read otherwise escaped.</summary>
    public static string Escape(string text) =>
        text.Replace("<", "\\<", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    /// <summary>A block of code.</summary>
    public static string Block(string language, string code) => $"```{language}\n{code.TrimEnd()}\n```";

    private static string Row(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
