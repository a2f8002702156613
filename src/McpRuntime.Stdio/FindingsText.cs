using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio;

/// <summary>Findings for a user: one line each, in the form that editors make clickable.</summary>
internal static class FindingsText
{
    /// <summary>Writes errors and warnings, and what is merely worth knowing when asked.</summary>
    public static async Task WriteAsync(Terminal terminal, IEnumerable<Finding> findings, bool verbose = false)
    {
        foreach (var finding in findings)
        {
            if (finding.Severity == FindingSeverity.Information && !verbose)
                continue;
            // Only the severity is coloured, and after escaping: colour must not come from the finding's own text.
            var severity = finding.Severity.ToString().ToLowerInvariant();
            var line = UntrustedText.ForTerminal(finding.ToString());
            var at = line.IndexOf($"{severity} {finding.RuleId}:", StringComparison.Ordinal);
            if (at >= 0)
            {
                line = string.Concat(
                    line.AsSpan(0, at),
                    terminal.OnError(ColourOf(finding.Severity), severity),
                    line.AsSpan(at + severity.Length)
                );
            }
            await terminal.Error.WriteLineAsync(line);
        }
    }

    private static Colour ColourOf(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Error => Colour.Red,
            FindingSeverity.Warning => Colour.Yellow,
            _ => Colour.Dim,
        };
}
