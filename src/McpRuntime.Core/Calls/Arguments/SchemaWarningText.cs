using System.Globalization;
using System.Text;
using System.Text.Json;
using McpRuntime.Json.Schemas;

namespace McpRuntime.Calls.Arguments;

/// <summary>Schema warnings: where arguments that were sent do not fit the tool's input schema.</summary>
internal static class SchemaWarningText
{
    // An error that is mostly a list of guesses hides what the API said.
    private const int Most = 20;

    /// <summary>A line for each, to follow a sentence; each begins with the JSON pointer of the value.</summary>
    public static string Lines(IReadOnlyList<SchemaViolation> warnings)
    {
        var text = new StringBuilder();
        foreach (var warning in warnings.Take(Most))
            text.Append("\n- ").Append(warning.Message);
        if (warnings.Count > Most)
            text.Append(CultureInfo.InvariantCulture, $"\n- {warnings.Count - Most} more");
        return text.ToString();
    }

    /// <summary>Writes the member <c>schema_warnings: [{pointer, message}]</c> into an open object.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<SchemaViolation> warnings)
    {
        json.WriteStartArray("schema_warnings"u8);
        foreach (var warning in warnings.Take(Most))
        {
            json.WriteStartObject();
            json.WriteString("pointer"u8, warning.InstancePointer);
            json.WriteString("message"u8, warning.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
