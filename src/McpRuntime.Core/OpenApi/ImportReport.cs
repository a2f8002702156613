using System.Buffers;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Again;

namespace McpRuntime.OpenApi;

/// <summary>The report of an import as JSON, for scripts; faces print it for people in their own way.</summary>
public static class ImportReport
{
    /// <summary>
    /// <c>{name, base_url, estimated_tokens, tools: [{name, endpoint, operation_id, estimated_tokens}],
    /// skipped: [{method, path, reason}], kept: [{endpoint, what, kept, imported}], findings: […]}</c>.
    /// </summary>
    /// <param name="result">The import.</param>
    /// <param name="kept">What was kept of an existing manifest.</param>
    /// <param name="output">Receives UTF-8.</param>
    public static void WriteJson(ImportResult result, IReadOnlyList<KeptEdit> kept, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(kept);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("name"u8, result.Manifest?.Name);
        json.WriteString("base_url"u8, result.Manifest?.BaseUrl);
        json.WriteNumber("estimated_tokens"u8, result.EstimatedTokens);
        json.WriteStartArray("tools"u8);
        foreach (var tool in result.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("endpoint"u8, tool.Endpoint);
            json.WriteString("operation_id"u8, tool.OperationId);
            json.WriteNumber("estimated_tokens"u8, tool.EstimatedTokens);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("skipped"u8);
        foreach (var operation in result.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("method"u8, operation.Method);
            json.WriteString("path"u8, operation.Path);
            json.WriteString("reason"u8, operation.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteKept(json, kept);
        json.WriteStartArray("findings"u8);
        foreach (var finding in result.Findings)
            WriteFinding(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{same, breaking, connector: [{what, breaking, message}], added: [{name, endpoint}], removed: […],
    /// changed: [{name, endpoint, changes: […]}]}</c>.
    /// </summary>
    public static void WriteJson(ManifestDifference difference, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(difference);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("same"u8, difference.IsSame);
        json.WriteBoolean("breaking"u8, difference.IsBreaking);
        WriteChanges(json, "connector"u8, difference.Connector);
        WriteListed(json, "added"u8, difference.Added);
        WriteListed(json, "removed"u8, difference.Removed);
        json.WriteStartArray("changed"u8);
        foreach (var tool in difference.Changed)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("endpoint"u8, tool.Endpoint);
            WriteChanges(json, "changes"u8, tool.Changes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteKept(Utf8JsonWriter json, IReadOnlyList<KeptEdit> kept)
    {
        json.WriteStartArray("kept"u8);
        foreach (var edit in kept)
        {
            json.WriteStartObject();
            json.WriteString("endpoint"u8, edit.Endpoint);
            json.WriteString("what"u8, edit.What);
            json.WriteString("kept"u8, edit.Kept);
            json.WriteString("imported"u8, edit.Imported);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ManifestChange> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, change.What);
            json.WriteBoolean("breaking"u8, change.IsBreaking);
            json.WriteString("message"u8, change.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteListed(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ListedTool> tools)
    {
        json.WriteStartArray(name);
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("endpoint"u8, tool.Endpoint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule"u8, finding.RuleId);
        json.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("message"u8, finding.Message);
        json.WriteString("pointer"u8, finding.Pointer);
        json.WriteString("source"u8, finding.Source);
        if (finding.Line is { } line)
            json.WriteNumber("line"u8, line);
        if (finding.Column is { } column)
            json.WriteNumber("column"u8, column);
        json.WriteEndObject();
    }
}
