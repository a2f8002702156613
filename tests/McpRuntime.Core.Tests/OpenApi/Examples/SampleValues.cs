using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Json;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>
/// Makes values that should fit a schema, without anything of the product's own idea of what fits: a second opinion on
/// whether a tool can be called. Simple on purpose; where it does not know, another variant may be luckier.
/// </summary>
internal sealed class SampleValues(IReadOnlyDictionary<string, JsonText> definitions)
{
    // Deeper than that, a schema requires itself.
    private const int Deepest = 40;

    private readonly Dictionary<string, JsonElement> _definitions = new(StringComparer.Ordinal);

    /// <summary>A value for a schema.</summary>
    /// <param name="schema">Its references lead to the definitions.</param>
    /// <param name="variant">0 takes the first of every choice; others choose otherwise.</param>
    public JsonNode? Of(JsonElement schema, int variant) => Make([schema], new SampleChoice(variant), 0);

    /// <summary>A value that fits all of some schemas.</summary>
    internal JsonNode? Make(IReadOnlyList<JsonElement> schemas, SampleChoice choice, int depth)
    {
        if (depth > Deepest)
            return null;
        var parts = new List<JsonElement>();
        foreach (var schema in schemas)
            Collect(schema, parts, choice, 0);
        if (parts.Count == 0)
            return "a";
        if (Given(parts, choice) is { } given)
            return JsonNode.Parse(given.GetRawText());
        return TypeOf(parts, choice) switch
        {
            "object" => SampleObject.Make(this, parts, choice, depth),
            "array" => SampleArray.Make(this, parts, choice, depth),
            "string" => SampleText.Make(parts, choice),
            "integer" => SampleNumber.Make(parts, choice, isInteger: true),
            "number" => SampleNumber.Make(parts, choice, isInteger: false),
            "boolean" => choice.Next(2) == 0,
            _ => null,
        };
    }

    // References, allOf and the branches that are chosen all say something about the same value.
    private void Collect(JsonElement schema, List<JsonElement> parts, SampleChoice choice, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
            return;
        parts.Add(schema);
        if (schema.TryGetProperty("$ref", out var reference) && Definition(reference.GetString()!) is { } target)
            Collect(target, parts, choice, depth + 1);
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
                Collect(part, parts, choice, depth + 1);
        }
        foreach (var word in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(word, out var branches))
                Collect(branches[choice.Next(branches.GetArrayLength())], parts, choice, depth + 1);
        }
    }

    private JsonElement? Definition(string reference)
    {
        const string Start = "#/definitions/";
        if (!reference.StartsWith(Start, StringComparison.Ordinal))
            return null;
        var name = JsonPointer.Unescape(Uri.UnescapeDataString(reference[Start.Length..]));
        if (!_definitions.TryGetValue(name, out var found))
        {
            if (!definitions.TryGetValue(name, out var text))
                return null;
            _definitions[name] = found = text.ToElement();
        }
        return found;
    }

    private static JsonElement? Given(List<JsonElement> parts, SampleChoice choice)
    {
        foreach (var part in parts)
        {
            if (part.TryGetProperty("const", out var only))
                return only;
        }
        var lists = parts
            .Where(part => part.TryGetProperty("enum", out _))
            .Select(part => part.GetProperty("enum").EnumerateArray().ToList())
            .ToList();
        if (lists.Count == 0)
            return null;
        var common = lists[0]
            .Where(value => lists.TrueForAll(list => list.Exists(other => JsonElement.DeepEquals(value, other))))
            .ToList();
        return common.Count == 0 ? lists[0][0] : common[choice.Next(common.Count)];
    }

    private static string TypeOf(List<JsonElement> parts, SampleChoice choice)
    {
        List<string>? allowed = null;
        foreach (var part in parts)
        {
            if (!part.TryGetProperty("type", out var type))
                continue;
            List<string> own =
                type.ValueKind == JsonValueKind.String
                    ? [type.GetString()!]
                    : [.. type.EnumerateArray().Select(each => each.GetString()!)];
            if (own.Contains("number"))
                own.Add("integer");
            allowed = allowed is null ? own : [.. allowed.Where(own.Contains)];
        }
        if (allowed is { Count: > 0 })
        {
            // Null only where nothing else is left.
            var values = allowed.FindAll(type => type != "null");
            return values.Count == 0 ? "null" : values[choice.Next(values.Count)];
        }
        bool Has(params string[] words) => parts.Exists(part => words.Any(word => part.TryGetProperty(word, out _)));
        return Has("properties", "required", "additionalProperties", "minProperties", "patternProperties") ? "object"
            : Has("items", "prefixItems", "minItems") ? "array"
            : Has("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum") ? "number"
            : "string";
    }
}

/// <summary>Chooses among alternatives, the same way each time.</summary>
internal sealed class SampleChoice(int variant)
{
    private uint _state = (uint)variant;

    /// <summary>Which of the variants.</summary>
    public int Variant => variant;

    /// <summary>
    /// From 0 to below <paramref name="count"/>: the first in variant 0, the second in variant 1, and so on, then
    /// mixed.
    /// </summary>
    public int Next(int count)
    {
        if (variant < 4)
            return Math.Min(variant, count - 1);
        _state = (_state * 1_664_525) + 1_013_904_223;
        return (int)((_state >> 8) % (uint)Math.Max(1, count));
    }
}
