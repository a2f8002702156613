using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// What a tool returns, thread-safe, as a type in one line: <c>{ id: integer, title: string, user: { login } }[]</c>.
/// </summary>
internal sealed class ReturnsLine(IReadOnlyDictionary<string, JsonText> definitions)
{
    private const string Prefix = "#/definitions/";
    private const int MostNested = 60;
    private const int DeepestReference = 8;

    private readonly ConcurrentDictionary<string, JsonElement> _parsed = new(StringComparer.Ordinal);

    /// <summary>The type; empty where it would say nothing.</summary>
    /// <param name="schema">May refer to the connector's definitions.</param>
    /// <param name="most">Characters.</param>
    public string Of(JsonText schema, int most)
    {
        var type = Type(Parse(schema), most, depth: 0);
        return
            type.Length > most
            || (
                !type.Contains(',', StringComparison.Ordinal)
                && (type.Contains('…', StringComparison.Ordinal) || !type.Contains('{', StringComparison.Ordinal))
            )
            ? ""
            : type;
    }

    private string Type(JsonElement schema, int most, int depth)
    {
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object)
            return "any";
        if (schema.TryGetProperty("items", out var items))
            return Type(items, most - 2, depth) + "[]";
        var properties = new List<JsonProperty>();
        Collect(schema, properties, 0);
        if (properties.Count > 0)
            return Object(properties, most, depth);
        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var branches) && branches.ValueKind == JsonValueKind.Array)
                return branches
                    .EnumerateArray()
                    .Select(branch => Type(branch, most, depth))
                    .FirstOrDefault(type => type is not ("null" or "any"))
                    ?? "any";
        }
        return schema.TryGetProperty("type", out var type) ? Name(type) : "any";
    }

    private string Object(List<JsonProperty> properties, int most, int depth)
    {
        if (depth > 1 || most < 12)
            return "object";
        var text = new StringBuilder("{ ");
        foreach (var property in properties)
        {
            var name = property.Name;
            if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@' or '$'))
                continue;
            var left = most - text.Length - name.Length - 6;
            if (left < 8)
            {
                if (text.Length == 2)
                    return "object";
                text.Append("…, ");
                break;
            }
            var type = depth == 0 ? Type(property.Value, Math.Min(left, MostNested), depth + 1) : "";
            text.Append(name);
            if (type.Length > 0 && type.Length <= left)
                text.Append(": ").Append(type);
            text.Append(", ");
        }
        return text.Length == 2 ? "object" : text.Remove(text.Length - 2, 2).Append(" }").ToString();
    }

    private void Collect(JsonElement schema, List<JsonProperty> properties, int depth)
    {
        if (depth > DeepestReference || schema.ValueKind != JsonValueKind.Object)
            return;
        if (schema.TryGetProperty("properties", out var own) && own.ValueKind == JsonValueKind.Object)
            properties.AddRange(
                own.EnumerateObject().Where(property => properties.TrueForAll(other => other.Name != property.Name))
            );
        if (schema.TryGetProperty("allOf", out var members) && members.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in members.EnumerateArray())
                Collect(Resolve(member), properties, depth + 1);
        }
    }

    private JsonElement Resolve(JsonElement schema)
    {
        for (
            var i = 0;
            i < DeepestReference
                && schema.ValueKind == JsonValueKind.Object
                && schema.TryGetProperty("$ref", out var reference);
            i++
        )
        {
            if (
                reference.ValueKind != JsonValueKind.String
                || reference.GetString() is not { } target
                || !target.StartsWith(Prefix, StringComparison.Ordinal)
                || target[Prefix.Length..] is var name && !definitions.ContainsKey(name)
            )
                return default;
            if (!_parsed.TryGetValue(name, out schema))
                _parsed[name] = schema = Parse(definitions[name]);
        }
        return schema;
    }

    // A cached manifest may have been damaged; what reads the schema itself reports that.
    private static JsonElement Parse(JsonText schema)
    {
        try
        {
            return schema.ToElement();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string Name(JsonElement type) =>
        type.ValueKind switch
        {
            JsonValueKind.String => type.GetString()!,
            JsonValueKind.Array => type.EnumerateArray()
                .Select(item => item.GetString())
                .FirstOrDefault(name => name != "null")
                ?? "null",
            _ => "any",
        };
}
