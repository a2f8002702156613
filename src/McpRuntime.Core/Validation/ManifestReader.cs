using System.Globalization;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Reads manifests of versions 1 and 2, in YAML or JSON, and reports everything that is wrong.</summary>
public static class ManifestReader
{
    /// <summary>Bounds of a manifest: what a connector may bring along, not what a document may.</summary>
    private static readonly DocumentLimits Limits = new();

    /// <summary>Reads and validates.</summary>
    /// <param name="text">The bytes of the file.</param>
    /// <param name="source">Its name, for findings.</param>
    /// <param name="strict">Adds the rules about names, descriptions and consistency.</param>
    public static ManifestReadResult Read(ReadOnlyMemory<byte> text, string? source, bool strict = false)
    {
        ParsedText parsed;
        try
        {
            parsed = DocumentParser.Parse(text, source, Limits);
        }
        catch (FindingsException exception)
        {
            return new ManifestReadResult(null, exception.Findings);
        }
        using (parsed.Json)
        {
            var fields = new ManifestFields(parsed);
            var manifest = ConnectorReader.Read(fields, parsed.Json.RootElement);
            var findings = fields.Findings;
            if (manifest is not null)
                findings.AddRange(ManifestValidator.Validate(manifest, strict));
            foreach (var finding in parsed.Findings)
                findings.Add(AsManifestFinding(finding));
            if (findings.Count == 0)
                return new ManifestReadResult(manifest, []);

            var located = SourceLocator.Locate(parsed, source, Named(manifest, findings));
            var isValid = manifest is not null && !located.Any(finding => finding.Severity == FindingSeverity.Error);
            return new ManifestReadResult(isValid ? manifest : null, InTextOrder(located));
        }
    }

    // By the names of connector and tool, which stay when tools before them come and go.
    private static List<Finding> Named(ConnectorManifest? manifest, List<Finding> findings)
    {
        if (manifest is null)
            return findings;
        for (var i = 0; i < findings.Count; i++)
        {
            var tokens = JsonPointer.Tokens(findings[i].Pointer);
            if (
                tokens is ["connector", "tools", var index, ..]
                && int.TryParse(index, CultureInfo.InvariantCulture, out var position)
                && position >= 0
                && position < manifest.Tools.Count
            )
                findings[i] = findings[i] with
                {
                    Subject = string.Join(' ', [manifest.Name, manifest.Tools[position].Name, .. tokens.Skip(3)]),
                };
        }
        return findings;
    }

    // In a manifest a key that comes twice is a mistake that hides half of what was meant.
    private static Finding AsManifestFinding(Finding finding) =>
        finding.RuleId == DocumentRules.DuplicateKey ? finding with { Severity = FindingSeverity.Error } : finding;

    private static Finding[] InTextOrder(IReadOnlyList<Finding> findings) =>
        [.. findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
}
