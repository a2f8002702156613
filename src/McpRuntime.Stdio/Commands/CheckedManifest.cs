using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.Validation;

namespace McpRuntime.Stdio.Commands;

/// <summary>One manifest of an <c>import --check</c>, and how it differs from its document.</summary>
/// <param name="Target">How the person named it, or its file.</param>
/// <param name="Source">The document as the person named it; null for the one that the manifest names.</param>
/// <param name="Check">The comparison.</param>
internal sealed record CheckedManifest(string Target, string? Source, CheckedConnector Check)
{
    public bool IsCompared => Check.Difference is not null;

    public bool IsSame => Check.Difference is { IsSame: true };

    public bool IsBreaking => Check.Difference is { IsBreaking: true };

    /// <summary>The differences at their lines in the manifest, or why there is no comparison.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(DocumentLimits limits, CancellationToken cancellationToken)
    {
        if (Check.Difference is { } difference)
            return await ManifestFile.LocateAsync(
                Check.Path!,
                limits,
                DriftFindings.Of(Check.Existing!, difference),
                cancellationToken
            );
        // A document elsewhere is not a file of the repository; its manifest is.
        return
        [
            .. Check
                .Result.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
                .Select(finding =>
                    finding.Source == Check.Path
                        ? finding
                        : finding with
                        {
                            Message = finding.ToString(),
                            Source = Check.Path ?? Target,
                            Line = null,
                            Column = null,
                        }
                ),
        ];
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("connector", Check.Result.Manifest?.Name);
        writer.WriteString("source", Source ?? Check.Result.Manifest?.Source?.Location);
        writer.WriteString("file", Check.Path);
        if (Check.Difference is { } difference)
            ImportReport.Write(writer, difference);
        FindingsJson.Write(writer, "errors", Check.Result.Findings, FindingSeverity.Error);
        FindingsJson.Write(writer, "warnings", Check.Result.Findings, FindingSeverity.Warning);
        writer.WriteEndObject();
    }

    public async Task WriteTextAsync(Terminal terminal)
    {
        await FindingsText.WriteAsync(terminal, Check.Result.Findings);
        // The findings hold the reason.
        if (Check.Difference is not { } difference)
            return;
        var output = terminal.Out;
        var name = Check.Result.Manifest!.Name;
        var verdict =
            difference.IsSame ? "the manifest is up to date"
            : difference.IsBreaking ? "the document has breaking changes"
            : "the document has changed, without breaking changes";
        await output.WriteLineAsync(terminal.OnOut(Colour.Bold, $"{name}: {verdict}"));
        foreach (var tool in difference.Added)
        {
            await output.WriteLineAsync($"  added    {Safe(tool.Name)}  {Safe(tool.Endpoint)}");
            foreach (var change in tool.Changes)
                await output.WriteLineAsync($"    {Text(terminal, change)}");
        }
        foreach (var tool in difference.Removed)
            await output.WriteLineAsync(
                $"  removed  {Safe(tool.Name)}  {Safe(tool.Endpoint)}{Breaking(terminal, isBreaking: true)}"
            );
        foreach (var change in difference.Connector)
            await output.WriteLineAsync($"  changed  {Text(terminal, change)}");
        foreach (var tool in difference.Changed)
        {
            await output.WriteLineAsync($"  changed  {Safe(tool.Name)}  {Safe(tool.Endpoint)}");
            foreach (var change in tool.Changes)
                await output.WriteLineAsync($"    {Text(terminal, change)}");
        }
    }

    private static string Text(Terminal terminal, ManifestChange change) =>
        $"{Safe(change.What)}: {Safe(change.Message)}{Breaking(terminal, change.IsBreaking)}";

    private static string Breaking(Terminal terminal, bool isBreaking) =>
        isBreaking ? " " + terminal.OnOut(Colour.Red, "breaking") : "";

    private static string Safe(string text) => UntrustedText.ForTerminal(text);
}
