using System.Text.Json.Nodes;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>
/// An input schema as a profile takes it: references are written out, unions reduced, and keywords that the profile
/// does not have are words of the description. What cannot be said at all is a text of JSON, which a call converts.
/// </summary>
internal sealed class ProfiledSchema
{
    private const string Prefix = "#/$defs/";
    private const int DeepestObject = 5;
    private const int MostProperties = 400;
    private const int MostBranches = 6;
    private const int MostReferences = 8;

    private readonly ProfileRules _rules;
    private readonly JsonObject _definitions;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _properties;

    private ProfiledSchema(ProfileRules rules, JsonObject definitions)
    {
        _rules = rules;
        _definitions = definitions;
    }

    /// <param name="root">Has everything that it refers to in <c>$defs</c>.</param>
    /// <param name="rules">Of the profile.</param>
    public static JsonObject Of(JsonObject root, ProfileRules rules)
    {
        var profiled = new ProfiledSchema(rules, root["$defs"] as JsonObject ?? []);
        var words = new KeywordWords(rules);
        root = profiled.Resolve(root);
        // At the root there is one object in any profile.
        if (Branches(root) is { } branches)
        {
            words.Add(KeywordWords.FurtherRules);
            var rest = Without(root, "anyOf", "oneOf");
            root = SchemaMerging.Both(rest, SchemaMerging.Any([.. branches.Select(profiled.Resolve)]));
            foreach (var name in SchemaMerging.Required(rest).ToList())
            {
                if (root["properties"]?[name] is null)
                    (root["required"] as JsonArray)?.Remove(name);
            }
        }
        root.Remove("examples");
        return profiled.Object(root, depth: 1, words, isRoot: true);
    }

    private JsonObject Of(JsonNode? node, int depth)
    {
        if (node is not JsonObject given)
            return Text("Any JSON value", new JsonObject(), new KeywordWords(_rules));
        var name = NameOf(given);
        if (name is not null && !_open.Add(name))
            return Text("JSON", given, new KeywordWords(_rules));
        var schema = Resolve(given);
        var written = Typed(schema, depth);
        if (name is not null)
            _open.Remove(name);
        return written;
    }

    private JsonObject Typed(JsonObject schema, int depth)
    {
        var words = new KeywordWords(_rules);
        if (Branches(schema) is { } branches)
            return Union(schema, branches, depth, words);
        var types = SchemaType.Of(schema);
        var isNullable = types.Remove("null");
        if (types.Count > 1)
            return Union(
                Without(schema, "type"),
                [
                    .. types.Select(type => new JsonObject { ["type"] = type }),
                    .. isNullable ? [new JsonObject { ["type"] = "null" }] : Array.Empty<JsonObject>(),
                ],
                depth,
                words
            );
        return Nullable(isNullable, words, () => types switch
            {
                ["object"] => Object(schema, depth, words, isRoot: false),
                ["array"] => List(schema, depth, words),
                [var type] => Scalar(type, schema, words),
                _ => Text("Any JSON value", schema, words),
            });
    }

    private JsonObject Union(JsonObject schema, List<JsonObject> branches, int depth, KeywordWords words)
    {
        var own = Without(schema, "anyOf", "oneOf", "description", "default", "examples");
        var resolved = branches.ConvertAll(Resolve);
        var isNullable = resolved.RemoveAll(branch => SchemaType.Of(branch) is ["null"]) > 0;
        words.Describe(schema);
        if (resolved.Count > MostBranches || depth > DeepestObject)
            return Text("JSON", schema, words);
        var written = new List<JsonObject>();
        foreach (var branch in resolved)
        {
            var one = Typed(SchemaMerging.Both(branch, own), depth);
            // A union in a union is one.
            foreach (var part in one["anyOf"] is JsonArray parts ? parts.OfType<JsonObject>().ToList() : [one])
            {
                if (!written.Exists(known => JsonNode.DeepEquals(known, part)))
                    written.Add((JsonObject)part.DeepClone());
            }
        }
        if (written.Count == 0)
            return Text("JSON", schema, words);
        return Nullable(isNullable, words, () =>
        {
            if (written.Count == 1)
                return words.AddTo(written[0]);
            var any = new JsonObject { ["anyOf"] = new JsonArray([.. written]) };
            if (!_rules.AnyOfIsAlone)
                return words.AddTo(any);
            words.AddTo(written[0]);
            return any;
        });
    }

    private JsonObject Object(JsonObject schema, int depth, KeywordWords words, bool isRoot)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var required = SchemaMerging.Required(schema).ToHashSet(StringComparer.Ordinal);
        var isBeyond = depth > DeepestObject || _properties + properties.Count > MostProperties;
        if (!isRoot && (isBeyond || required.Any(IsOther) || properties.All(property => IsOther(property.Key))))
            return Text("JSON text of an object", schema, words);
        _properties += properties.Count;
        var written = new JsonObject();
        foreach (var (name, property) in properties.ToArray())
        {
            if (SchemaType.IsPropertyName(name))
                written[name] = Of(property, depth + 1);
            else
                words.Add($"also has {name}");
        }
        var result = new JsonObject { ["type"] = "object" };
        words.Describe(schema);
        // Gemini takes no empty object, but a function without parameters.
        result["properties"] = written;
        var names = required.Where(written.ContainsKey).Select(name => (JsonNode?)name).ToArray();
        if (names.Length > 0)
            result["required"] = new JsonArray(names);
        if (_rules.ClosesObjects)
            result["additionalProperties"] = false;
        if (schema["additionalProperties"] is JsonObject { Count: > 0 })
            words.Add("other properties are allowed");
        words.AddRest(schema, "object", result);
        return words.AddTo(result);
    }

    private JsonObject List(JsonObject schema, int depth, KeywordWords words)
    {
        if (schema["items"] is not JsonObject { Count: > 0 } items || schema.ContainsKey("prefixItems"))
            return Text("JSON text of an array", schema, words);
        words.Describe(schema);
        var result = new JsonObject { ["type"] = "array", ["items"] = Of(items, depth) };
        words.AddRest(schema, "array", result);
        return words.AddTo(result);
    }

    private static JsonObject Scalar(string type, JsonObject schema, KeywordWords words)
    {
        words.Describe(schema);
        var result = new JsonObject { ["type"] = type };
        words.AddChoices(schema, type, result);
        words.AddRest(schema, type, result);
        return words.AddTo(result);
    }

    private static JsonObject Text(string kind, JsonObject schema, KeywordWords words)
    {
        words.Describe(schema);
        words.Lead(kind is "JSON" ? "JSON text" : kind);
        return words.AddTo(new JsonObject { ["type"] = "string" });
    }

    private JsonObject Nullable(bool isNullable, KeywordWords words, Func<JsonObject> write)
    {
        if (isNullable && !_rules.HasNullable)
            words.Add("may be null");
        var written = write();
        if (isNullable && _rules.HasNullable && written.ContainsKey("type"))
            written["nullable"] = true;
        return written;
    }

    // With what it refers to, and the members of its allOf, in it.
    private JsonObject Resolve(JsonObject schema)
    {
        for (var i = 0; i < MostReferences; i++)
        {
            if (NameOf(schema) is { } name && _definitions[name] is JsonObject target)
                schema = SchemaMerging.Both(Without(schema, "$ref"), target);
            else if (schema["allOf"] is JsonArray members)
            {
                var rest = Without(schema, "allOf");
                foreach (var member in members.OfType<JsonObject>())
                    rest = SchemaMerging.Both(rest, Resolve(member));
                schema = rest;
            }
            else
                break;
        }
        return schema;
    }

    private static bool IsOther(string name) => !SchemaType.IsPropertyName(name);

    private static List<JsonObject>? Branches(JsonObject schema) =>
        (schema["anyOf"] ?? schema["oneOf"]) is JsonArray { Count: > 0 } list
            ? [.. list.Select(item => item as JsonObject ?? [])]
            : null;

    private static string? NameOf(JsonObject schema) =>
        schema["$ref"] is JsonValue value
        && value.TryGetValue(out string? target)
        && target.StartsWith(Prefix, StringComparison.Ordinal)
            ? JsonPointer.Unescape(Uri.UnescapeDataString(target[Prefix.Length..]))
            : null;

    private static JsonObject Without(JsonObject schema, params string[] keywords)
    {
        var rest = (JsonObject)schema.DeepClone();
        foreach (var keyword in keywords)
            rest.Remove(keyword);
        return rest;
    }
}
