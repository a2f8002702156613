using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http;

/// <summary>
/// The words of a JSON error: problem+json (RFC 9457) with its field errors, and the shapes that the field uses next to
/// it (<c>message</c>, <c>error</c>, <c>errors</c>, OAuth's <c>error_description</c>, lists of <c>loc</c> and
/// <c>msg</c>).
/// </summary>
public static class ProblemText
{
    private static readonly string[] Messages =
    [
        "title",
        "detail",
        "message",
        "error_description",
        "error",
        "msg",
        "reason",
        "description",
    ];
    private static readonly string[] FieldLists =
    [
        "errors",
        "detail",
        "details",
        "invalid_params",
        "invalid-params",
        "violations",
        "fieldErrors",
    ];
    private static readonly string[] FieldNames =
    [
        "pointer",
        "field",
        "path",
        "name",
        "loc",
        "property",
        "param",
        "parameter",
        "source",
        "code",
    ];
    private static readonly string[] FieldMessages = ["detail", "message", "msg", "reason", "description", "title"];

    /// <returns>One line a message; empty where the shape is unknown.</returns>
    public static string Read(JsonElement root)
    {
        var lines = new List<string>();
        if (root.ValueKind == JsonValueKind.Object)
        {
            ReadMessages(root, lines);
            if (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
                ReadMessages(error, lines);
            foreach (var list in FieldLists)
            {
                if (root.TryGetProperty(list, out var fields))
                    ReadFields(fields, lines);
            }
        }
        else if (root.ValueKind == JsonValueKind.Array)
        {
            ReadFields(root, lines);
        }
        return string.Join('\n', lines.Distinct(StringComparer.Ordinal));
    }

    private static void ReadMessages(JsonElement value, List<string> lines)
    {
        foreach (var name in Messages)
        {
            if (value.TryGetProperty(name, out var message) && message.ValueKind == JsonValueKind.String)
                Add(lines, Text(message));
        }
    }

    private static void ReadFields(JsonElement fields, List<string> lines)
    {
        if (fields.ValueKind == JsonValueKind.Object)
        {
            // {"name": ["is too long", …]}
            foreach (var field in fields.EnumerateObject())
            {
                if (field.Value.ValueKind != JsonValueKind.Array)
                {
                    Add(lines, $"- {field.Name}: {Text(field.Value)}");
                    continue;
                }
                foreach (var message in field.Value.EnumerateArray())
                    Add(lines, $"- {field.Name}: {Text(message)}");
            }
        }
        else if (fields.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in fields.EnumerateArray())
                Add(lines, Entry(entry));
        }
    }

    private static string Entry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return $"- {Text(entry)}";
        var name = First(entry, FieldNames);
        var message = First(entry, FieldMessages);
        return message is null ? $"- {Text(entry)}"
            : name is null ? $"- {message}"
            : $"- {name}: {message}";
    }

    private static string? First(JsonElement entry, string[] names)
    {
        foreach (var name in names)
        {
            if (
                entry.TryGetProperty(name, out var value)
                && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            )
                return Text(value);
        }
        return null;
    }

    private static string Text(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var path = new StringBuilder();
            foreach (var step in value.EnumerateArray())
                path.Append(path.Length == 0 ? "" : ".").Append(step.ToString());
            return path.ToString();
        }
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    private static void Add(List<string> lines, string line)
    {
        if (UntrustedText.Clean(line) is { Length: > 0 } clean)
            lines.Add(clean);
    }
}
