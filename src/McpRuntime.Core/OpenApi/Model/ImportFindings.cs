using McpRuntime.Diagnostics;

namespace McpRuntime.OpenApi.Model;

/// <summary>Gathers what is found in making one value.</summary>
internal sealed class ImportFindings
{
    private List<ImportFinding> _findings = [];

    internal void Error(string rule, Node at, string message) =>
        Add(rule, FindingSeverity.Error, at.Document, at.Pointer, message);

    internal void Warn(string rule, Node at, string message) =>
        Add(rule, FindingSeverity.Warning, at.Document, at.Pointer, message);

    internal void Inform(string rule, Node at, string message) =>
        Add(rule, FindingSeverity.Information, at.Document, at.Pointer, message);

    internal void Add(string rule, FindingSeverity severity, SpecDocument? document, string pointer, string message) =>
        _findings.Add(
            new ImportFinding(
                new Finding(rule, severity, UntrustedText.Clean(message))
                {
                    Pointer = pointer,
                    Source = document?.Location,
                },
                document
            )
        );

    internal void AddAll(IReadOnlyList<ImportFinding> findings) => _findings.AddRange(findings);

    /// <summary>A value that is made, with what was found since the last one.</summary>
    internal Found<T> With<T>(T value)
    {
        if (_findings.Count == 0)
            return new Found<T>(value, []);
        var found = new Found<T>(value, _findings);
        _findings = [];
        return found;
    }
}
