using System.Globalization;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Stdio.Tests.Serving.Agent;

/// <summary>Values as the schemas of an OpenAPI document describe them, with all members to some depth.</summary>
internal sealed class SchemaSample(JsonElement document)
{
    private const int MostDepth = 2;

    /// <summary>What a reference refers to, or the schema itself.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document;
            foreach (var token in reference.GetString()!.Split('/').Skip(1))
                schema = schema.GetProperty(token.Replace("~1", "/", StringComparison.Ordinal));
        }
        return schema;
    }

    /// <summary>An object with this number as its <c>id</c>, and a text that only it has.</summary>
    public string Item(JsonElement schema, int id)
    {
        var members = Members(schema, 0).Where(member => !member.StartsWith("\"id\":", StringComparison.Ordinal));
        return $$"""{"id":{{id}},"note":"needle {{id}}.",{{string.Join(',', members)}}}""";
    }

    private IEnumerable<string> Members(JsonElement schema, int depth)
    {
        foreach (var part in Parts(schema))
        {
            if (!part.TryGetProperty("properties", out var properties))
                continue;
            foreach (var property in properties.EnumerateObject())
                yield return $"{JsonSerializer.Serialize(property.Name)}:{Value(property.Value, depth + 1)}";
        }
    }

    private IEnumerable<JsonElement> Parts(JsonElement schema)
    {
        var resolved = Resolve(schema);
        yield return resolved;
        if (!resolved.TryGetProperty("allOf", out var parts))
            yield break;
        foreach (var part in parts.EnumerateArray().SelectMany(Parts))
            yield return part;
    }

    private string Value(JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        foreach (var choice in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
                return Value(choices[0], depth);
        }
        if (schema.TryGetProperty("example", out var example))
            return JsonSerializer.Serialize(example);
        if (schema.TryGetProperty("enum", out var words))
            return words[0].GetRawText();
        var type =
            schema.TryGetProperty("type", out var said) && said.ValueKind == JsonValueKind.String
                ? said.GetString()
                : "object";
        return type switch
        {
            "string" => Text(schema),
            "integer" => "1700000000",
            "number" => "12.5",
            "boolean" => "false",
            _ when depth > MostDepth => "null",
            "array" => schema.TryGetProperty("items", out var items) ? $"[{Value(items, depth + 1)}]" : "[]",
            _ => $"{{{string.Join(',', Members(schema, depth))}}}",
        };
    }

    private static string Text(JsonElement schema)
    {
        var format = schema.TryGetProperty("format", out var named) ? named.GetString() : "";
        var text = new StringBuilder();
        switch (format)
        {
            case "uri":
                text.Append("https://api.example.com/repos/o/r/things/1347/more");
                break;
            case "date-time":
                text.Append("2026-07-28T12:00:00Z");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"Some words of an answer");
                break;
        }
        return $"\"{text}\"";
    }
}
