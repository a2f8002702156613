using System.Text.Json;
using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.OpenApi;

namespace McpRuntime.Import;

/// <summary>Reports of imports as JSON, for scripts; front ends print them for people in their own way.</summary>
public static class ImportReport
{
    /// <summary>
    /// Writes <c>tools: [{name, command, endpoint, operation_id, estimated_tokens}], skipped: [{method, path, reason}],
    /// kept: [{endpoint, what, kept, imported}], estimated_tokens, examples: {tried, mismatched}, pagination:
    /// {style: count}</c> into an open object.
    /// </summary>
    /// <param name="json">Written inside an object.</param>
    /// <param name="result">The import.</param>
    /// <param name="kept">What was kept of an existing manifest.</param>
    public static void Write(Utf8JsonWriter json, ImportResult result, IReadOnlyList<KeptEdit> kept)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(kept);
        json.WriteStartArray("tools"u8);
        foreach (var (tool, command) in result.Tools.Zip(result.Commands))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            if (command is not null)
                json.WriteString("command"u8, command);
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
        json.WriteNumber("estimated_tokens"u8, result.EstimatedTokens);
        json.WriteStartObject("examples"u8);
        json.WriteNumber("tried"u8, result.Examples.Tried);
        json.WriteNumber("mismatched"u8, result.Examples.Mismatched);
        json.WriteEndObject();
        json.WriteStartObject("pagination"u8);
        foreach (var (style, count) in result.Pagination)
            json.WriteNumber(style, count);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes <c>same, breaking, changes: [{what, rule, severity, breaking, message}]</c> and <c>added, removed,
    /// changed: [{name, endpoint, changes: […]}]</c> into an open object.
    /// </summary>
    /// <param name="json">Written inside an object.</param>
    /// <param name="difference">Between a manifest and its document.</param>
    public static void Write(Utf8JsonWriter json, ManifestDifference difference)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(difference);
        json.WriteBoolean("same"u8, difference.IsSame);
        json.WriteBoolean("breaking"u8, difference.IsBreaking);
        WriteChanges(json, difference.Connector);
        WriteListed(json, "added"u8, difference.Added);
        WriteListed(json, "removed"u8, difference.Removed);
        json.WriteStartArray("changed"u8);
        foreach (var tool in difference.Changed)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool.Name);
            json.WriteString("endpoint"u8, tool.Endpoint);
            WriteChanges(json, tool.Changes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// Writes the member <c>kept</c> into an open object, as <see cref="Write(Utf8JsonWriter, ImportResult,
    /// IReadOnlyList{KeptEdit})"/> does.
    /// </summary>
    public static void WriteKept(Utf8JsonWriter json, IReadOnlyList<KeptEdit> kept)
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

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<ManifestChange> changes)
    {
        json.WriteStartArray("changes"u8);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, change.What);
            json.WriteString("rule"u8, change.RuleId);
            json.WriteString("severity"u8, change.Severity.ToString().ToLowerInvariant());
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
            WriteChanges(json, tool.Changes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
