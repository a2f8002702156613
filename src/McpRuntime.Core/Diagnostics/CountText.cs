using System.Globalization;

namespace McpRuntime.Diagnostics;

/// <summary>Numbers before a noun, as messages show them: <c>1 tool</c>, <c>1,204 tools</c>.</summary>
public static class CountText
{
    /// <summary>A number with its noun, thousands separated by commas in every culture.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <param name="singular">The noun after 1; adjectives before it stay, e.g. <c>more tool</c>.</param>
    /// <param name="plural">The noun after any other number; by default the singular with an s.</param>
    public static string Of(long count, string singular, string? plural = null) =>
        count == 1
            ? $"1 {singular}"
            : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {plural ?? $"{singular}s"}");
}
