using System.Globalization;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.OpenApi.Again;

namespace McpRuntime.Stdio.Commands;

/// <summary>What an import made, what it left out and why.</summary>
/// <param name="Source">As the person named it.</param>
/// <param name="Path">The file that was written; null when nothing was.</param>
/// <param name="Result">What the importer says.</param>
/// <param name="Kept">What people wrote into the manifest that was there before.</param>
/// <param name="Unapproved">Origins that an earlier import did not name, so that they get no credentials yet.</param>
internal sealed record ImportReport(
    string Source, string? Path, ImportResult Result, IReadOnlyList<KeptEdit> Kept, IReadOnlyList<Origin> Unapproved)
{
    public async Task WriteTextAsync(Terminal terminal)
    {
        await FindingsText.WriteAsync(terminal, Result.Findings);
        if (Unapproved.Count > 0)
        {
            await terminal.WriteErrorAsync(
                $"No credentials go to {string.Join(", ", Unapproved)}: an earlier import of this connector named other "
                + "servers. If that is right, import again with --force --approve-origins.");
        }
        // The findings hold the reason.
        if (Path is null || Result.Manifest is not { } manifest)
            return;
        var output = terminal.Out;
        await output.WriteLineAsync(
            terminal.OnOut(Colour.Bold, $"{manifest.Name}: {Count(Result.Tools.Count, "tool")} from {Safe(Source)}"));
        var nameWidth = Math.Min(Result.Tools.Select(tool => tool.Name.Length).DefaultIfEmpty().Max(), 40);
        foreach (var tool in Result.Tools)
        {
            var size = terminal.OnOut(Colour.Dim, $"~{Number(tool.EstimatedTokens)} tokens");
            await output.WriteLineAsync($"  {Safe(tool.Name).PadRight(nameWidth)}  {Safe(tool.Endpoint)}  {size}");
        }
        if (Result.Skipped.Count > 0)
            await output.WriteLineAsync(
                terminal.OnOut(Colour.Bold, $"{Count(Result.Skipped.Count, "operation")} skipped"));
        foreach (var skipped in Result.Skipped)
            await output.WriteLineAsync($"  {Safe(skipped.Method)} {Safe(skipped.Path)}: {Safe(skipped.Reason)}");
        if (Kept.Count > 0)
            await output.WriteLineAsync(
                terminal.OnOut(Colour.Bold, $"{Count(Kept.Count, "edit")} of the earlier manifest kept"));
        foreach (var edit in Kept)
            await output.WriteLineAsync(
                $"  {Safe(edit.Endpoint)}: {edit.What} {Safe(UntrustedText.Shorten(edit.Kept ?? "none", 60))}");
        await output.WriteLineAsync($"The tool list takes about {Number(Result.EstimatedTokens)} tokens.");
        await output.WriteLineAsync($"Written to {Path}");
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("connector", Path is null ? null : Result.Manifest?.Name);
        writer.WriteString("source", Source);
        writer.WriteString("file", Path);
        writer.WriteStartArray("tools");
        foreach (var tool in Result.Tools)
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteString("endpoint", tool.Endpoint);
            writer.WriteString("operation_id", tool.OperationId);
            writer.WriteNumber("estimated_tokens", tool.EstimatedTokens);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("skipped");
        foreach (var skipped in Result.Skipped)
        {
            writer.WriteStartObject();
            writer.WriteString("method", skipped.Method);
            writer.WriteString("path", skipped.Path);
            writer.WriteString("reason", skipped.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("kept");
        foreach (var edit in Kept)
        {
            writer.WriteStartObject();
            writer.WriteString("endpoint", edit.Endpoint);
            writer.WriteString("what", edit.What);
            writer.WriteString("kept", edit.Kept);
            writer.WriteString("imported", edit.Imported);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("estimated_tokens", Result.EstimatedTokens);
        writer.WriteStartArray("unapproved_origins");
        foreach (var origin in Unapproved)
            writer.WriteStringValue(origin.ToString());
        writer.WriteEndArray();
        FindingsJson.Write(writer, "errors", Result.Findings, FindingSeverity.Error);
        FindingsJson.Write(writer, "warnings", Result.Findings, FindingSeverity.Warning);
        writer.WriteEndObject();
    }

    private static string Safe(string text) => UntrustedText.ForTerminal(text);

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
