using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Problems;

/// <summary>Findings of a document or a manifest in answers.</summary>
internal static class FindingsJson
{
    /// <summary>Writes the member <c>findings</c> into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartArray("findings"u8);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, finding.RuleId);
            writer.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
            writer.WriteString("message"u8, finding.Message);
            writer.WriteString("pointer"u8, finding.Pointer);
            if (finding.Line is { } line)
                writer.WriteNumber("line"u8, line);
            if (finding.Column is { } column)
                writer.WriteNumber("column"u8, column);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
