using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

internal sealed partial class SchemaWriter
{
    private bool WriteSubschema(ReadOnlySpan<byte> keyword, JsonProperty property, SchemaWay way = SchemaWay.Part)
    {
        if (!IsSchema(property.Value))
            return false;
        if (way != SchemaWay.Part && IsLeftOut(property.Value, isOpened: false))
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
            if (SpelledPattern(JsonRead.Name(member), member) is not { } pattern)
                continue;
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
    /// <param name="writeFirst">Writes members that come before those of the array.</param>
    private bool WriteSchemaArray(
        ReadOnlySpan<byte> keyword,
        JsonProperty property,
        SchemaWay way,
        Action? writeFirst = null
    )
    {
        if (property.Value.ValueKind != JsonValueKind.Array || property.Value.GetArrayLength() == 0)
        {
            if (writeFirst is null)
                return false;
            _json.WriteStartArray(keyword);
            writeFirst();
            _json.WriteEndArray();
            return false;
        }
        var (composition, outer, closing, known) = (_composition, _way, _closing, _known);
        _composition = way == SchemaWay.Whole ? composition : null;
        if (way == SchemaWay.Part)
            (_closing, _known) = (null, null);
        // A branch that asks for too much is one that no value takes; without it, every value would take the branch.
        else if (way == SchemaWay.Alternative)
            _known = null;
        _way = Stronger(outer, way);
        if (
            _detours is not null
            && writeFirst is null
            && property.Value.EnumerateArray().Index().All(entry => IsLeftOut(entry.Item, Opens(property, entry.Index)))
        )
        {
            (_composition, _way) = (composition, outer);
            return true;
        }
        _json.WriteStartArray(keyword);
        writeFirst?.Invoke();
        _path.Push(property);
        var index = 0;
        foreach (var member in property.Value.EnumerateArray())
        {
            var isOpened = Opens(property, index);
            _path.Push(index++);
            _isAlternative = way == SchemaWay.Alternative;
            if (!IsLeftOut(member, isOpened))
            {
                var references = _output.References;
                WriteSchema(member, isOpened ? SchemaOverlay.Open : SchemaOverlay.None);
                if (way == SchemaWay.Alternative)
                    NoteBranch(member, references);
            }
            _path.Pop();
        }
        _isAlternative = false;
        _path.Pop();
        _json.WriteEndArray();
        (_composition, _way, _closing, _known) = (composition, outer, closing, known);
        return true;
    }

    private bool WriteAllOf(int first, JsonProperty property, in SchemaShape shape)
    {
        if (!shape.HasReference)
            return WriteSchemaArray("allOf"u8, property, SchemaWay.Whole);
        var own = shape;
        return WriteSchemaArray("allOf"u8, property, SchemaWay.Whole, () => WriteReferenceAsMember(first, own));
    }

    // An array of schemas is what prefixItems is now.
    private bool WriteItems(JsonProperty property, in SchemaShape shape) =>
        property.Value.ValueKind != JsonValueKind.Array
            ? WriteSubschema("items"u8, property)
            : shape.Has(SchemaKeyword.PrefixItems) || WriteSchemaArray("prefixItems"u8, property, SchemaWay.Part);

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
            if (_known is not null && !_known.Contains(name))
            {
                ReportUnknown(name);
                continue;
            }
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
        var (composition, outer, closing, known) = (_composition, _way, _closing, _known);
        (_composition, _way, _closing, _known) = (null, Stronger(outer, way), null, null);
        _path.Push(property);
        WriteSchema(property.Value, SchemaOverlay.None);
        _path.Pop();
        (_composition, _way, _closing, _known) = (composition, outer, closing, known);
    }

    private static SchemaWay Stronger(SchemaWay outer, SchemaWay inner) => outer > inner ? outer : inner;

    private bool IsHidden(JsonElement schema) => IsHidden(_access.Of(schema, _resource));

    private bool IsHidden(HiddenIn hidden)
    {
        _output.DependsOnDirection |= hidden != HiddenIn.None;
        return (hidden & PropertyAccess.Flag(_direction)) != 0;
    }

    private bool IsHidden(string name, in SchemaShape shape) =>
        (
            shape.Properties.ValueKind == JsonValueKind.Object
            && shape.Properties.TryGetProperty(name, out var schema)
            && IsHidden(schema)
        ) || (_composition is { } composition && IsHidden(composition.Hidden(name)));

    private static bool IsSchema(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;
}
