using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>The <c>$defs</c> of a schema: which are written where they are used, and which stay shared.</summary>
internal sealed class Definitions
{
    // The quotes, the keyword, and the prefix of a reference; the same of a definition.
    private const int ReferenceOverhead = 20;

    private readonly Dictionary<string, SharedDefinition> _schemas;
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isInlined = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _tidied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private Definitions(Dictionary<string, SharedDefinition> schemas) => _schemas = schemas;

    /// <summary>Those that a schema came with; null where there are references of another kind.</summary>
    /// <param name="root">The schema without them.</param>
    /// <param name="schemas">By name.</param>
    public static Definitions? Of(JsonObject root, Dictionary<string, SharedDefinition> schemas)
    {
        var definitions = new Definitions(schemas);
        var names = new List<string>();
        if (!References.TryCollect(root, names) || !definitions.Count(names))
            return null;
        foreach (var (name, schema) in schemas)
        {
            // A boolean, or a name that a pointer escapes.
            if (name.AsSpan().ContainsAny("~%/") || schema.Names is not { } own || !definitions.Count(own))
                return null;
        }
        return definitions;
    }

    /// <summary>The schema with references replaced by what they refer to where that is shorter.</summary>
    public JsonObject Inline(JsonObject schema)
    {
        SubSchemas.Replace(schema, Inline);
        if (References.NameOf(schema) is not { } name || !IsInlined(name))
            return schema;
        // What else stands next to a reference has to hold as well.
        if (
            schema.Any(member => member.Key is not ("$ref" or "description" or "default" or "examples" or "deprecated"))
        )
            return schema;
        var body = Inline(_schemas[name].Read());
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
            names.UnionWith(schema.Required);
    }

    /// <summary>
    /// Gives those that a schema still refers to, and those that these refer to in turn, each once; in the order in
    /// which they are found.
    /// </summary>
    /// <param name="root">The schema.</param>
    /// <param name="change">Changes what is given, which is a copy.</param>
    public IEnumerable<KeyValuePair<string, JsonObject>> Reached(JsonObject root, Action<JsonObject> change)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonObject>([root]);
        while (open.TryPop(out var schema))
        {
            if (References.NameOf(schema) is { } name && reached.Add(name))
            {
                var body = (JsonObject)Tidied(name).DeepClone();
                change(body);
                open.Push(body);
                yield return new KeyValuePair<string, JsonObject>(name, body);
            }
            foreach (var child in SubSchemas.Of(schema))
                open.Push(child);
        }
    }

    private JsonObject Tidied(string name)
    {
        if (!_tidied.TryGetValue(name, out var body))
            _tidied.Add(name, body = SlimSchema.Tidy(Inline(_schemas[name].Read())));
        return body;
    }

    private bool IsInlined(string name)
    {
        if (_isInlined.TryGetValue(name, out var known))
            return known;
        // A schema that comes back to itself.
        if (!_open.Add(name))
            return _isInlined[name] = false;
        var isRecursive = !Ends(name);
        _open.Remove(name);
        if (_isInlined.TryGetValue(name, out known))
            return known;
        var length = _schemas[name].Length;
        var reference = name.Length + ReferenceOverhead;
        return _isInlined[name] =
            !isRecursive
            && (_uses[name] == 1 || _uses[name] * length <= (_uses[name] * reference) + length + reference);
    }

    // False where a schema that is looked at is reached again.
    private bool Ends(string schema)
    {
        foreach (var name in _schemas[schema].Names!)
        {
            if (_open.Contains(name))
            {
                foreach (var open in _open)
                    _isInlined[open] = false;
                return false;
            }
            // What came to an end once does so from everywhere: a way back to here would have been a circle then.
            if ((_isInlined.TryGetValue(name, out var isInlined) && !isInlined) || _ending.Contains(name))
                continue;
            _open.Add(name);
            var ends = Ends(name);
            _open.Remove(name);
            if (!ends)
                return false;
            _ending.Add(name);
        }
        return true;
    }

    private bool Count(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!_schemas.ContainsKey(name))
                return false;
            _uses[name] = _uses.GetValueOrDefault(name) + 1;
        }
        return true;
    }
}
