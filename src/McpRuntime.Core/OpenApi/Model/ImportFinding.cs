using McpRuntime.Diagnostics;

namespace McpRuntime.OpenApi.Model;

/// <summary>A finding, and the document that its pointer is in; null where it is about none.</summary>
internal sealed record ImportFinding(Finding Finding, SpecDocument? Document)
{
    /// <summary>
    /// Findings in a value as those of an equal value in another place; what they say about other places stays there.
    /// </summary>
    internal static IReadOnlyList<ImportFinding> Moved(IReadOnlyList<ImportFinding> findings, Node from, Node to)
    {
        if (findings.Count == 0 || from.Path == to.Path)
            return findings;
        var (start, end) = (from.Pointer, to.Pointer);
        return
        [
            .. findings.Select(finding =>
                finding.IsWithin(from.Document, start)
                    ? finding.At(to.Document, end + finding.Finding.Pointer[start.Length..])
                    : finding
            ),
        ];
    }

    private bool IsWithin(SpecDocument document, string pointer) =>
        Document == document
        && Finding.Pointer.StartsWith(pointer, StringComparison.Ordinal)
        && (Finding.Pointer.Length == pointer.Length || Finding.Pointer[pointer.Length] == '/');

    private ImportFinding At(SpecDocument document, string pointer) =>
        new(Finding with { Pointer = pointer, Source = document.Location }, document);
}
