using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json.Schemas.Patterns;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary>Makes the keywords of one schema. What has a value of the wrong kind is left out.</summary>
internal sealed class KeywordCompiler(SchemaNode node)
{
    private readonly List<Keyword> _keywords = [];
    private readonly List<Keyword> _last = [];
    private readonly JsonElement _schema = node.Element;

    /// <summary>The keywords of a schema, in the order in which they are evaluated.</summary>
    public static Keyword[] Compile(SchemaNode node) => new KeywordCompiler(node).Compile();

    private Keyword[] Compile()
    {
        if (_schema.ValueKind == JsonValueKind.False)
            return [new FalseSchema(node)];
        if (_schema.ValueKind != JsonValueKind.Object)
            return [];

        var vocabularies = node.Resource.Vocabularies;
        if (vocabularies.HasFlag(SchemaVocabularies.Validation))
            AddAssertions();
        AddReferences();
        if (vocabularies.HasFlag(SchemaVocabularies.Applicator))
            AddApplicators();
        if (vocabularies.HasFlag(SchemaVocabularies.Unevaluated))
            AddUnevaluated();
        return [.. _keywords, .. _last];
    }

    private void AddAssertions()
    {
        AddType();
        foreach (var member in _schema.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "enum" when value.ValueKind == JsonValueKind.Array:
                    _keywords.Add(new EnumKeyword(node, member.Name, [.. value.EnumerateArray()]));
                    break;
                case "const":
                    _keywords.Add(new EnumKeyword(node, member.Name, [value]));
                    break;
                case "minimum"
                or "maximum"
                or "exclusiveMinimum"
                or "exclusiveMaximum" when value.ValueKind == JsonValueKind.Number:
                    _keywords.Add(new LimitKeyword(node, member.Name, value));
                    break;
                case "multipleOf" when SchemaShapes.IsDivisor(value):
                    _keywords.Add(new MultipleOfKeyword(node, value));
                    break;
                case "minLength" or "maxLength" when SchemaShapes.IsCount(value):
                    _keywords.Add(new LengthKeyword(node, member.Name, Count(value)));
                    break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    _keywords.Add(new PatternKeyword(node, new SchemaPattern(value.GetString()!)));
                    break;
                case "minItems" or "maxItems" or "minProperties" or "maxProperties" when SchemaShapes.IsCount(value):
                    _keywords.Add(new CountKeyword(node, member.Name, Count(value)));
                    break;
                case "uniqueItems" when value.ValueKind == JsonValueKind.True:
                    _keywords.Add(new UniqueItemsKeyword(node));
                    break;
                case "required" when value.ValueKind == JsonValueKind.Array:
                    AddRequired(member.Name, value, condition: null);
                    break;
                case "dependentRequired" when value.ValueKind == JsonValueKind.Object:
                    foreach (var dependency in value.EnumerateObject())
                        AddRequired(member.Name, dependency.Value, dependency.Name);
                    break;
            }
        }
    }

    private void AddType()
    {
        if (!_schema.TryGetProperty("type"u8, out var type))
            return;
        var types = JsonTypes.None;
        if (type.ValueKind == JsonValueKind.String)
        {
            types = JsonTypesExtensions.Parse(type.GetString());
        }
        else if (type.ValueKind == JsonValueKind.Array)
        {
            foreach (var each in type.EnumerateArray())
                types |=
                    each.ValueKind == JsonValueKind.String
                        ? JsonTypesExtensions.Parse(each.GetString())
                        : JsonTypes.None;
        }

        if (types != JsonTypes.None)
            _keywords.Add(new TypeKeyword(node, types));
    }

    private void AddRequired(string name, JsonElement value, string? condition)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in value.EnumerateArray())
        {
            if (each.ValueKind == JsonValueKind.String)
                names.Add(each.GetString()!);
        }

        if (names.Count > 0)
            _keywords.Add(new RequiredKeyword(node, name, [.. names], condition));
    }

    private void AddReferences()
    {
        foreach (var name in (ReadOnlySpan<string>)["$ref", "$dynamicRef"])
        {
            if (_schema.TryGetProperty(name, out var reference) && reference.ValueKind == JsonValueKind.String)
                _keywords.Add(new ReferenceKeyword(node, name, reference.GetString()!));
        }
    }

    private void AddApplicators()
    {
        AddProperties();
        var prefix = Schemas("prefixItems");
        var items = Schema("items");
        if (prefix.Length > 0 || items is not null)
            _keywords.Add(new ItemsKeyword(node, prefix, items));
        AddContains();
        if (Schema("propertyNames") is { } names)
            _keywords.Add(new PropertyNamesKeyword(node, names));
        foreach (var (name, schema) in SchemaMap("dependentSchemas"))
            _keywords.Add(new DependentSchemaKeyword(node, name, schema));
        if (Schemas("allOf") is { Length: > 0 } all)
            _keywords.Add(new AllOfKeyword(node, all));
        if (Schemas("anyOf") is { Length: > 0 } any)
            _keywords.Add(new ChoiceKeyword(node, "anyOf", any));
        if (Schemas("oneOf") is { Length: > 0 } one)
            _keywords.Add(new ChoiceKeyword(node, "oneOf", one));
        if (Schema("not") is { } not)
            _keywords.Add(new NotKeyword(node, not));
        if (Schema("if") is { } condition)
            _keywords.Add(new ConditionKeyword(node, condition, Schema("then"), Schema("else")));
    }

    private void AddProperties()
    {
        var properties = SchemaMap("properties");
        var patterns = SchemaMap("patternProperties");
        var additional = Schema("additionalProperties");
        if (properties.Count == 0 && patterns.Count == 0 && additional is null)
            return;
        var names = new string[properties.Count];
        var schemas = new SchemaNode[properties.Count];
        for (var i = 0; i < names.Length; i++)
            (names[i], schemas[i]) = properties[i];
        _keywords.Add(
            new PropertiesKeyword(
                node,
                names,
                schemas,
                [.. patterns.Select(p => (new SchemaPattern(p.Name), p.Schema))],
                additional
            )
        );
    }

    private void AddContains()
    {
        if (Schema("contains") is not { } contains)
            return;
        var hasLimits = node.Resource.Vocabularies.HasFlag(SchemaVocabularies.Validation);
        _keywords.Add(
            new ContainsKeyword(node, contains, Limit("minContains", 1), Limit("maxContains", long.MaxValue))
        );

        long Limit(string name, long otherwise) =>
            hasLimits && _schema.TryGetProperty(name, out var value) && SchemaShapes.IsCount(value)
                ? Count(value)
                : otherwise;
    }

    private void AddUnevaluated()
    {
        if (Schema("unevaluatedItems") is { } items)
            _last.Add(new UnevaluatedItemsKeyword(node, items));
        if (Schema("unevaluatedProperties") is { } properties)
            _last.Add(new UnevaluatedPropertiesKeyword(node, properties, KnownNames()));
    }

    private IReadOnlyList<string> KnownNames()
    {
        foreach (var keyword in _keywords)
        {
            if (keyword is PropertiesKeyword known)
                return known.Names;
        }

        return [];
    }

    private static long Count(JsonElement value) => DecimalText.Parse(JsonMarshal.GetRawUtf8Value(value)).ToCount();

    private SchemaNode? Schema(string keyword) =>
        _schema.TryGetProperty(keyword, out var schema) && SchemaShapes.IsSchema(schema)
            ? Child(schema, JsonPointer.Append(node.Pointer, keyword))
            : null;

    private SchemaNode[] Schemas(string keyword)
    {
        if (!_schema.TryGetProperty(keyword, out var list) || list.ValueKind != JsonValueKind.Array)
            return [];
        var schemas = new SchemaNode[list.GetArrayLength()];
        var pointer = JsonPointer.Append(node.Pointer, keyword);
        var index = 0;
        foreach (var schema in list.EnumerateArray())
        {
            schemas[index] = Child(schema, JsonPointer.Append(pointer, index));
            index++;
        }

        return schemas;
    }

    private List<(string Name, SchemaNode Schema)> SchemaMap(string keyword)
    {
        var schemas = new List<(string, SchemaNode)>();
        if (!_schema.TryGetProperty(keyword, out var map) || map.ValueKind != JsonValueKind.Object)
            return schemas;
        var pointer = JsonPointer.Append(node.Pointer, keyword);
        foreach (var member in map.EnumerateObject())
            schemas.Add((member.Name, Child(member.Value, JsonPointer.Append(pointer, member.Name))));
        return schemas;
    }

    private SchemaNode Child(JsonElement schema, string pointer) =>
        node.Resource.Document.Node(schema, pointer, node.Resource);
}
