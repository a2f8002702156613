using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>
/// Values to start from: those of the document where it gives examples, else the simplest that a schema allows.
/// </summary>
/// <param name="root">Holds what references mean.</param>
/// <param name="variant">
/// From 0. Odd ones make their own values, where an example of the document does not fit its own schema; later ones
/// take other alternatives.
/// </param>
internal sealed class ExampleValues(SchemaRoot root, int variant)
{
    /// <summary>How many different values it makes sense to try.</summary>
    public const int Variants = 8;

    // Deeper, a schema asks for itself.
    private const int MaxDepth = 12;

    private const int MaxText = 60;

    private int _left = 2000;

    /// <summary>A value; null also stands for one that is too deep to make.</summary>
    public JsonNode? Of(JsonElement schema) => Make([schema], 0);

    private JsonNode? Make(List<JsonElement> schemas, int depth)
    {
        var parts = new List<JsonElement>();
        foreach (var schema in schemas)
            Collect(schema, parts, 0);
        if (depth > MaxDepth || _left <= 0)
            return null;
        if (Given(parts) is { } given)
            return JsonNode.Parse(given.GetRawText());
        return TypeOf(parts) switch
        {
            "object" => Object(parts, depth),
            "array" => Array(parts, depth),
            "integer" or "number" => ExampleNumber.Make(parts),
            "boolean" => true,
            "null" => null,
            _ => ExampleText.Make(parts),
        };
    }

    private JsonObject Object(List<JsonElement> parts, int depth)
    {
        var made = new JsonObject();
        if (IsFile(parts))
            return new JsonObject { ["filename"] = "example.txt", ["text"] = "example" };
        var required = parts
            .SelectMany(part => SchemaRoot.Members(part, "required"))
            .Where(name => name.ValueKind == JsonValueKind.String)
            .Select(name => name.GetString()!)
            .Distinct()
            .ToList();
        foreach (var name in required)
            made[name] = Make(Schemas(parts, name), depth + 1);
        // An empty object shows nothing, and some APIs refuse it.
        var least = ExampleNumber.Whole(parts, "minProperties") ?? 0;
        var fewest = Math.Max(least, depth == 0 && made.Count == 0 ? 1 : 0);
        foreach (var name in parts.SelectMany(Names))
        {
            if (made.Count >= fewest)
                break;
            if (!made.ContainsKey(name))
                made[name] = Make(Schemas(parts, name), depth + 1);
        }
        for (var i = 1; made.Count < least && i < 20; i++)
            made[$"name{i}"] = Make(Schemas(parts, $"name{i}"), depth + 1);
        return made;
    }

    private JsonArray Array(List<JsonElement> parts, int depth)
    {
        var made = new JsonArray();
        var items = parts
            .Select(part => SchemaRoot.Member(part, "items"))
            .Where(item => item.ValueKind == JsonValueKind.Object)
            .ToList();
        var count = Math.Clamp(
            ExampleNumber.Whole(parts, "minItems") ?? 1,
            ExampleNumber.Whole(parts, "maxItems") == 0 ? 0 : 1,
            10
        );
        var isUnique = parts.Exists(part => SchemaRoot.Member(part, "uniqueItems").ValueKind == JsonValueKind.True);
        for (var i = 0; i < count; i++)
        {
            var item = Make(items, depth + 1);
            made.Add(isUnique && i > 0 ? Another(item, i) : item);
        }
        return made;
    }

    // Either may fit a pattern.
    private JsonNode? Another(JsonNode? item, int number) =>
        item?.GetValueKind() switch
        {
            JsonValueKind.String => variant / 2 % 2 == 0 ? $"{item.GetValue<string>()}{number}" : $"{number}",
            JsonValueKind.Number => item.AsValue().TryGetValue<decimal>(out var value) ? value + number : item,
            _ => item,
        };

    private void Collect(JsonElement schema, List<JsonElement> parts, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || _left-- <= 0)
            return;
        parts.Add(schema);
        if (root.Target(schema) is { } target)
            Collect(target, parts, depth + 1);
        foreach (var part in SchemaRoot.Members(schema, "allOf"))
            Collect(part, parts, depth + 1);
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            var branches = SchemaRoot
                .Members(schema, keyword)
                .Where(branch => SchemaRoot.Text(branch, "type") != "null")
                .ToList();
            if (branches.Count > 0)
                Collect(branches[Math.Min(variant / 2, branches.Count - 1)], parts, depth + 1);
        }
    }

    private JsonElement? Given(List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            if (part.TryGetProperty("const", out var only))
                return only;
        }
        var isOwn = variant % 2 == 1;
        foreach (var part in parts)
        {
            if (isOwn)
                break;
            foreach (
                var example in SchemaRoot
                    .Members(part, "examples")
                    .Append(SchemaRoot.Member(part, "example"))
                    .Append(SchemaRoot.Member(part, "default"))
            )
            {
                if (example.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && IsReadable(example))
                    return example;
            }
        }
        var lists = parts
            .Select(part => SchemaRoot.Members(part, "enum").ToList())
            .Where(list => list.Count > 0)
            .ToList();
        return lists.Count == 0
            ? null
            : lists[0]
                .Where(value => value.ValueKind != JsonValueKind.Null)
                .FirstOrDefault(
                    value => lists.TrueForAll(list => list.Exists(other => JsonElement.DeepEquals(value, other))),
                    lists[0][0]
                );
    }

    // An example of a page of text, or with line breaks, is not a line to start from.
    private static bool IsReadable(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 and <= MaxText } text
                && PowerShellText.IsPrintable(text),
            JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
            JsonValueKind.Object => value
                .EnumerateObject()
                .All(member => PowerShellText.IsPrintable(member.Name) && IsReadable(member.Value)),
            _ => true,
        };

    private string? TypeOf(List<JsonElement> parts)
    {
        List<string>? types = null;
        foreach (var part in parts)
        {
            // What alternatives say together is decided by the one that was chosen, which is a part itself.
            if (part.TryGetProperty("anyOf", out _) || part.TryGetProperty("oneOf", out _))
            {
                if (!part.TryGetProperty("type", out _))
                    continue;
            }
            if (AdmittedTypes.Of(root, part) is { } own)
                types =
                    types is null ? [.. own]
                    : types.Exists(own.Contains) ? types.FindAll(own.Contains)
                    : types;
        }
        return types?.Find(type => type != "null") ?? types?.FirstOrDefault();
    }

    private static bool IsFile(List<JsonElement> parts) =>
        parts.Exists(part =>
            SchemaRoot.Member(part, "properties") is { ValueKind: JsonValueKind.Object } properties
            && properties.TryGetProperty("base64", out _)
            && properties.TryGetProperty("filename", out _)
        );

    private static IEnumerable<string> Names(JsonElement part) =>
        SchemaRoot.Member(part, "properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject().Select(property => property.Name)
            : [];

    private static List<JsonElement> Schemas(List<JsonElement> parts, string name)
    {
        var schemas = parts
            .Select(part => SchemaRoot.Member(SchemaRoot.Member(part, "properties"), name))
            .Where(own => own.ValueKind == JsonValueKind.Object)
            .ToList();
        return schemas.Count > 0
            ? schemas
            :
            [
                .. parts
                    .Select(part => SchemaRoot.Member(part, "additionalProperties"))
                    .Where(others => others.ValueKind == JsonValueKind.Object),
            ];
    }
}
