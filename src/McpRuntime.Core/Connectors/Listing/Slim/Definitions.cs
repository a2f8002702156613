using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>The <c>$defs</c> of a schema: which are written where they are used, and which stay shared.</summary>
internal sealed class Definitions
{
    private const string Prefix = "#/$defs/";

    // The quotes, the keyword, and the prefix of a reference; the same of a definition.
    private const int ReferenceOverhead = 20;

    private readonly Dictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isInlined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private Definitions() { }

    /// <summary>Takes the definitions out of a schema; null where it has references of another kind.</summary>
    public static Definitions? Take(JsonObject root)
    {
        var definitions = new Definitions();
        foreach (var (name, schema) in root["$defs"] as JsonObject ?? [])
        {
            // A boolean, or a name that a pointer escapes.
            if (schema is not JsonObject body || name.AsSpan().ContainsAny("~%/"))
                return null;
            definitions._schemas.Add(name, body);
        }
        if (!definitions.Count(root) || definitions._schemas.Values.Any(schema => !definitions.Count(schema)))
            return null;
        (root["$defs"] as JsonObject)?.Clear();
        root.Remove("$defs");
        return definitions;
    }

    /// <summary>The schema with references replaced by what they refer to where that is shorter.</summary>
    public JsonObject Inline(JsonObject schema)
    {
        SubSchemas.Replace(schema, Inline);
        if (NameOf(schema) is not { } name || !IsInlined(name))
            return schema;
        // What else stands next to a reference has to hold as well.
        if (
            schema.Any(member => member.Key is not ("$ref" or "description" or "default" or "examples" or "deprecated"))
        )
            return schema;
        var body = Inline((JsonObject)_schemas[name].DeepClone());
        foreach (var (keyword, value) in schema)
        {
            if (keyword != "$ref")
                body[keyword] = value?.DeepClone();
        }
        return body;
    }

    /// <summary>Adds the names that any of them requires.</summary>
    public void CollectRequired(HashSet<string> names)
    {
        foreach (var schema in _schemas.Values)
            RequiredNames.Collect(schema, names);
    }

    /// <summary>Writes those that are still referred to back into the schema.</summary>
    public void PutBack(JsonObject root, Func<JsonObject, JsonObject> prepare)
    {
        var kept = new JsonObject();
        var open = new Stack<JsonObject>([root]);
        while (open.TryPop(out var schema))
        {
            if (NameOf(schema) is { } name && !kept.ContainsKey(name))
            {
                var body = prepare(Inline((JsonObject)_schemas[name].DeepClone()));
                kept[name] = body;
                open.Push(body);
            }
            foreach (var child in SubSchemas.Of(schema))
                open.Push(child);
        }
        if (kept.Count > 0)
            root["$defs"] = kept;
    }

    private static string? NameOf(JsonObject schema) =>
        schema["$ref"] is JsonValue value && value.TryGetValue(out string? target) ? target[Prefix.Length..] : null;

    private bool IsInlined(string name)
    {
        if (_isInlined.TryGetValue(name, out var known))
            return known;
        // A schema that comes back to itself.
        if (!_open.Add(name))
            return _isInlined[name] = false;
        var isRecursive = !Walk(_schemas[name]);
        _open.Remove(name);
        if (_isInlined.TryGetValue(name, out known))
            return known;
        var length = _schemas[name].ToJsonString().Length;
        var reference = name.Length + ReferenceOverhead;
        return _isInlined[name] =
            !isRecursive
            && (_uses[name] == 1 || _uses[name] * length <= (_uses[name] * reference) + length + reference);
    }

    // False where the schema that is looked at is reached again.
    private bool Walk(JsonObject schema)
    {
        if (NameOf(schema) is { } name)
        {
            if (_open.Contains(name))
            {
                foreach (var open in _open)
                    _isInlined[open] = false;
                return false;
            }
            if (_isInlined.TryGetValue(name, out var isInlined) && !isInlined)
                return true;
            _open.Add(name);
            var goesOn = Walk(_schemas[name]);
            _open.Remove(name);
            if (!goesOn)
                return false;
        }
        return SubSchemas.Of(schema).All(Walk);
    }

    private bool Count(JsonObject schema)
    {
        if (
            schema.ContainsKey("$id")
            || schema.ContainsKey("$anchor")
            || schema.ContainsKey("$dynamicAnchor")
            || schema.ContainsKey("$dynamicRef")
        )
            return false;
        if (schema.TryGetPropertyValue("$ref", out var reference))
        {
            if (
                reference is not JsonValue value
                || !value.TryGetValue(out string? target)
                || !target.StartsWith(Prefix, StringComparison.Ordinal)
                || !_schemas.ContainsKey(target[Prefix.Length..])
            )
                return false;
            _uses[target[Prefix.Length..]] = _uses.GetValueOrDefault(target[Prefix.Length..]) + 1;
        }
        return SubSchemas.Of(schema).All(Count);
    }
}
