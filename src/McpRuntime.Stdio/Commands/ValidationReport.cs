using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Stdio.Commands;

/// <summary>The outcome of <c>validate</c>.</summary>
internal sealed class ValidationReport
{
    private readonly List<(string File, ManifestReadResult Read)> _checks = [];

    public bool IsValid => _checks.TrueForAll(check => check.Read.IsValid);

    /// <summary>Those of all files, each with its file.</summary>
    public IReadOnlyList<Finding> Findings =>
        [
            .. _checks.SelectMany(check =>
                check.Read.Findings.Select(finding => finding with { Source = finding.Source ?? check.File })
            ),
        ];

    public void Add(string file, ManifestReadResult read) => _checks.Add((file, read));

    /// <summary>Findings to standard error, one verdict a file to standard output.</summary>
    public async Task WriteTextAsync(Terminal terminal, bool verbose)
    {
        foreach (var (file, read) in _checks)
        {
            await FindingsText.WriteAsync(terminal, read.Findings, verbose);
            var verdict = read.IsValid ? terminal.OnOut(Colour.Green, "valid") : terminal.OnOut(Colour.Red, "invalid");
            await terminal.Out.WriteLineAsync($"{UntrustedText.ForTerminal(file)}: {verdict}{Counts(read)}");
            if (verbose && read.Manifest is { } manifest)
                await WriteToolsAsync(terminal, manifest);
        }
        if (_checks.Count > 1)
            await terminal.Out.WriteLineAsync(
                $"Valid: {_checks.Count(check => check.Read.IsValid)} of {CountText.Of(_checks.Count, "file")}."
            );
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("overall_valid", IsValid);
        writer.WriteNumber("validated_count", _checks.Count);
        writer.WriteStartArray("results");
        foreach (var (file, read) in _checks)
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteBoolean("valid", read.IsValid);
            FindingsJson.Write(writer, "errors", read.Findings, FindingSeverity.Error);
            FindingsJson.Write(writer, "warnings", read.Findings, FindingSeverity.Warning);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Counts(ManifestReadResult read)
    {
        var errors = read.Findings.Count(finding => finding.Severity == FindingSeverity.Error);
        var warnings = read.Findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        return (errors, warnings) switch
        {
            (0, 0) => "",
            (0, _) => $" (warnings: {warnings})",
            (_, 0) => $" (errors: {errors})",
            _ => $" (errors: {errors}, warnings: {warnings})",
        };
    }

    private static async Task WriteToolsAsync(Terminal terminal, ConnectorManifest manifest)
    {
        await terminal.Out.WriteLineAsync(
            $"  {manifest.Name} {manifest.Version} at {UntrustedText.ForTerminal(manifest.BaseUrl)}"
        );
        foreach (var tool in manifest.Tools)
            await terminal.Out.WriteLineAsync(
                $"  {UntrustedText.ForTerminal(tool.Name)}  {UntrustedText.ForTerminal(tool.Endpoint)}"
            );
    }
}
