using McpRuntime.Diagnostics;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Collects what an import has to say, each thing once.</summary>
/// <param name="listed">
/// A document with one habit has it thousands of times: so many of a rule are listed, the rest is a number.
/// </param>
internal sealed class ImportFindings(int listed = ImportFindings.MostOfOneRule)
{
    private const int MostOfOneRule = 50;

    private readonly List<(Finding Finding, SpecDocument? Document)> _findings = [];
    private readonly HashSet<(string Rule, SpecDocument? Document, string Pointer, string Message)> _seen = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    internal bool HasErrors { get; private set; }

    /// <summary>How often something was said, repeated or not: what was read while it stood still is without a finding.</summary>
    internal int Said { get; private set; }

    internal void Error(string rule, Node at, string message) => Add(rule, FindingSeverity.Error, at.Document, at.Pointer, message);

    internal void Warn(string rule, Node at, string message) => Add(rule, FindingSeverity.Warning, at.Document, at.Pointer, message);

    internal void Inform(string rule, Node at, string message) =>
        Add(rule, FindingSeverity.Information, at.Document, at.Pointer, message);

    internal void Add(string rule, FindingSeverity severity, SpecDocument? document, string pointer, string message)
    {
        HasErrors |= severity == FindingSeverity.Error;
        Said++;
        if (!_seen.Add((rule, document, pointer, message)))
            return;
        _counts.TryGetValue(rule, out var count);
        _counts[rule] = count + 1;
        if (count >= listed && severity != FindingSeverity.Error)
            return;
        var finding = new Finding(rule, severity, UntrustedText.Clean(message)) { Pointer = pointer, Source = document?.Location };
        _findings.Add((finding, document));
    }

    /// <summary>Findings of a part of the work, all of them listed.</summary>
    internal static ImportFindings OfPart() => new(int.MaxValue);

    /// <summary>Says what a part has said.</summary>
    internal void AddAll(ImportFindings part) => AddAll(part._findings);

    /// <summary>Says what parts have said in no order, by the places in the documents.</summary>
    internal void AddSorted(IReadOnlyList<ImportFindings> parts)
    {
        var all = parts.SelectMany(part => part._findings).ToList();
        all.Sort((left, right) =>
            string.CompareOrdinal(left.Finding.Source, right.Finding.Source) is var source and not 0 ? source
            : string.CompareOrdinal(left.Finding.Pointer, right.Finding.Pointer) is var pointer and not 0 ? pointer
            : string.CompareOrdinal(left.Finding.RuleId, right.Finding.RuleId) is var rule and not 0 ? rule
            : string.CompareOrdinal(left.Finding.Message, right.Finding.Message));
        AddAll(all);
    }

    private void AddAll(List<(Finding Finding, SpecDocument? Document)> findings)
    {
        foreach (var (finding, document) in findings)
            Add(finding.RuleId, finding.Severity, document, finding.Pointer, finding.Message);
    }

    /// <summary>All of them, each with the document that its pointer is in.</summary>
    internal IReadOnlyList<(Finding Finding, SpecDocument? Document)> Complete()
    {
        var findings = new List<(Finding, SpecDocument?)>(_findings);
        foreach (var (rule, count) in _counts)
        {
            if (count > listed)
            {
                findings.Add((new Finding(
                    rule, FindingSeverity.Information, $"{count - listed} more findings of this rule are not listed."), null));
            }
        }
        return findings;
    }
}
