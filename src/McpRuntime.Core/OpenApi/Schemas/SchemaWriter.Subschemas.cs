using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Schemas;

internal sealed partial class SchemaWriter
{
    private bool WriteSubschema(ReadOnlySpan<byte> keyword, JsonProperty property, SchemaWay way = SchemaWay.Part)
    {
        if (!IsSchema(property.Value))
            return false;
        if (way != SchemaWay.Part && IsLeftOut(property.Value))
            return true;
        _json.WritePropertyName(keyword);
        Descend(property, way);
        return true;
    }

    private bool WriteProperties(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            return false;
        var mayHide = _access.MayHide(_resource.Document);
        _json.WriteStartObject("properties"u8);
        _path.Push(property);
        foreach (var member in property.Value.EnumerateObject())
        {
            if (mayHide && IsHidden(member.Value))
                continue;
            WriteName(member);
            Descend(member);
        }
        _path.Pop();
        _json.WriteEndObject();
        return true;
    }

    private bool WritePatternProperties(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            return false;
        _json.WriteStartObject("patternProperties"u8);
        _path.Push(property);
        foreach (var member in property.Value.EnumerateObject())
        {
            var (pattern, problem) = _patterns.Of(JsonRead.Name(member));
            if (pattern is null)
            {
                Report($"The name is no regular expression of ECMA-262: {problem}; it is left out.", member);
                continue;
            }
            _json.WritePropertyName(pattern);
            Descend(member);
        }
        _path.Pop();
        _json.WriteEndObject();
        return true;
    }

    private bool WriteSchemaMap(ReadOnlySpan<byte> keyword, JsonProperty property, SchemaWay way)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            return false;
        _json.WriteStartObject(keyword);
        _path.Push(property);
        foreach (var member in property.Value.EnumerateObject())
        {
            WriteName(member);
            Descend(member, way);
        }
        _path.Pop();
        _json.WriteEndObject();
        return true;
    }

    /// <param name="keyword">The keyword to write.</param>
    /// <param name="property">Its array of schemas, which must not be empty.</param>
    /// <param name="way">How the members apply; those of a whole describe the same object as this schema does.</param>
    private bool WriteSchemaArray(ReadOnlySpan<byte> keyword, JsonProperty property, SchemaWay way)
    {
        if (property.Value.ValueKind != JsonValueKind.Array || property.Value.GetArrayLength() == 0)
            return false;
        var (composition, outer) = (_composition, _way);
        _composition = way == SchemaWay.Whole ? composition : null;
        _way = Stronger(outer, way);
        if (_detours is not null && property.Value.EnumerateArray().All(IsLeftOut))
        {
            (_composition, _way) = (composition, outer);
            return true;
        }
        _json.WriteStartArray(keyword);
        _path.Push(property);
        var index = 0;
        foreach (var member in property.Value.EnumerateArray())
        {
            _path.Push(index++);
            if (!IsLeftOut(member))
                WriteSchema(member, SchemaOverlay.None);
            _path.Pop();
        }
        _path.Pop();
        _json.WriteEndArray();
        (_composition, _way) = (composition, outer);
        return true;
    }

    // An array of schemas is what prefixItems is now.
    private bool WriteItems(JsonProperty property, in SchemaShape shape) =>
        property.Value.ValueKind != JsonValueKind.Array
            ? WriteSubschema("items"u8, property)
            : shape.Has(SchemaKeyword.PrefixItems) || property.Value.GetArrayLength() == 0
                || WriteSchemaArray("prefixItems"u8, property, SchemaWay.Part);

    private bool WriteRequired(JsonElement names, in SchemaShape shape)
    {
        if (names.ValueKind != JsonValueKind.Array)
            return false;
        var mayHide = _access.MayHide(_resource.Document);
        var isComplete = true;
        _names.Clear();
        foreach (var item in names.EnumerateArray())
        {
            if (JsonRead.Text(item) is not { } name)
            {
                isComplete = false;
                continue;
            }
            if (mayHide && IsHidden(name, shape))
                continue;
            if (_names.Count == 0)
                _json.WriteStartArray("required"u8);
            if (_names.Add(name))
                _json.WriteStringValue(name);
        }
        if (_names.Count > 0)
            _json.WriteEndArray();
        return isComplete;
    }

    private bool WriteDependentRequired(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            return false;
        _json.WriteStartObject("dependentRequired"u8);
        foreach (var member in property.Value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
                WriteNames(member);
        }
        _json.WriteEndObject();
        return true;
    }

    // Until draft 7 one keyword held both kinds.
    private bool WriteDependencies(JsonProperty property, in SchemaShape shape)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            return false;
        if (!shape.Has(SchemaKeyword.DependentRequired))
            WriteDependentRequired(property);
        if (shape.Has(SchemaKeyword.DependentSchemas))
            return true;
        _json.WriteStartObject("dependentSchemas"u8);
        _path.Push(property);
        foreach (var member in property.Value.EnumerateObject())
        {
            if (!IsSchema(member.Value))
                continue;
            WriteName(member);
            Descend(member, SchemaWay.Condition);
        }
        _path.Pop();
        _json.WriteEndObject();
        return true;
    }

    private void WriteNames(JsonProperty member)
    {
        WriteName(member);
        _json.WriteStartArray();
        _names.Clear();
        foreach (var item in member.Value.EnumerateArray())
        {
            if (JsonRead.Text(item) is { } name && _names.Add(name))
                _json.WriteStringValue(name);
        }
        _json.WriteEndArray();
    }

    private void Descend(JsonProperty property, SchemaWay way = SchemaWay.Part)
    {
        var (composition, outer) = (_composition, _way);
        (_composition, _way) = (null, Stronger(outer, way));
        _path.Push(property);
        WriteProperty(property.Value);
        _path.Pop();
        (_composition, _way) = (composition, outer);
    }

    private static SchemaWay Stronger(SchemaWay outer, SchemaWay inner) => outer > inner ? outer : inner;

    private bool IsHidden(JsonElement schema) => IsHidden(_access.Of(schema, _resource));

    private bool IsHidden(HiddenIn hidden)
    {
        _output.DependsOnDirection |= hidden != HiddenIn.None;
        return (hidden & PropertyAccess.Flag(_direction)) != 0;
    }

    private bool IsHidden(string name, in SchemaShape shape) =>
        (shape.Properties.ValueKind == JsonValueKind.Object
            && shape.Properties.TryGetProperty(name, out var schema) && IsHidden(schema))
        || (_composition is { } composition && IsHidden(composition.Hidden(name)));

    private static bool IsSchema(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;
}
