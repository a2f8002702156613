using McpRuntime.Diagnostics;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// The findings of an import as they are reported: without duplicates, and a limited number of each rule.
/// </summary>
internal static class FindingReport
{
    // A document may have one fault thousands of times: this many of a rule are listed, the rest are counted.
    private const int MostOfOneRule = 50;

    /// <summary>
    /// The findings that are listed, in their order, and the numbers of those that are not. Errors are all listed.
    /// </summary>
    internal static List<ImportFinding> Of(IEnumerable<ImportFinding> findings)
    {
        var listed = new List<ImportFinding>();
        var seen = new HashSet<(string Rule, SpecDocument? Document, string Pointer, string Message)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var next in findings)
        {
            var (finding, document) = next;
            if (!seen.Add((finding.RuleId, document, finding.Pointer, finding.Message)))
                continue;
            counts[finding.RuleId] = counts.GetValueOrDefault(finding.RuleId) + 1;
            if (counts[finding.RuleId] <= MostOfOneRule || finding.Severity == FindingSeverity.Error)
                listed.Add(next);
        }
        foreach (var (rule, count) in counts.Where(rule => rule.Value > MostOfOneRule))
        {
            listed.Add(
                new ImportFinding(
                    new Finding(
                        rule,
                        FindingSeverity.Information,
                        $"Not listed: {CountText.Of(count - MostOfOneRule, "more finding")} of this rule."
                    ),
                    null
                )
            );
        }
        return listed;
    }

    /// <summary>Findings in the order of the places that they are about.</summary>
    internal static IEnumerable<ImportFinding> InOrder(IEnumerable<ImportFinding> findings) =>
        findings
            .OrderBy(each => each.Finding.Source, StringComparer.Ordinal)
            .ThenBy(each => each.Finding.Pointer, StringComparer.Ordinal)
            .ThenBy(each => each.Finding.RuleId, StringComparer.Ordinal)
            .ThenBy(each => each.Finding.Message, StringComparer.Ordinal);
}
