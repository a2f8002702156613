using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio;

/// <summary>Findings for a program.</summary>
internal static class FindingsJson
{
    /// <summary>
    /// Writes <c>"name": [{rule, message, pointer, line, column}]</c> with the findings of a severity.
    /// </summary>
    public static void Write(
        Utf8JsonWriter writer,
        string name,
        IEnumerable<Finding> findings,
        FindingSeverity severity
    )
    {
        writer.WriteStartArray(name);
        foreach (var finding in findings)
        {
            if (finding.Severity != severity)
                continue;
            writer.WriteStartObject();
            writer.WriteString("rule", finding.RuleId);
            writer.WriteString("message", finding.Message);
            writer.WriteString("pointer", finding.Pointer);
            WriteNumber(writer, "line", finding.Line);
            WriteNumber(writer, "column", finding.Column);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}
