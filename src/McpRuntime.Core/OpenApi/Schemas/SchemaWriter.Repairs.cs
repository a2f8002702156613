using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Writes what <see cref="SchemaRepair"/> has decided, and references with what is written next to them.
/// </summary>
internal sealed partial class SchemaWriter
{
    private void ReportRepairs(SchemaRepair repair, int first, int end)
    {
        foreach (var (keyword, message) in repair.Messages)
        {
            var at = first;
            while (at < end && _members[at].Keyword != keyword)
                at++;
            Report(message, at < end ? _members[at].Property : null, ImportRules.SchemaRepair);
        }
    }

    // False for a keyword that is written as it is.
    private bool WriteRepaired(
        SchemaRepair repair,
        SchemaKeyword keyword,
        JsonProperty property,
        in SchemaShape shape,
        bool isBranch
    )
    {
        switch (keyword)
        {
            case SchemaKeyword.Type when repair.Type is { } type:
                ValueKeywords.WriteTypes(
                    _json,
                    shape.IsNullable && !isBranch ? type.Types | McpRuntime.Json.Schemas.JsonTypes.Null : type.Types
                );
                if (type.Format is { } format && !shape.Has(SchemaKeyword.Format))
                    _json.WriteString("format"u8, format);
                return true;
            case SchemaKeyword.Enum when repair.Enum is { } texts:
                ValueKeywords.WriteEnum(_json, texts, shape.IsNullable && !isBranch);
                return true;
            case SchemaKeyword.Const when repair.Const is { } text:
                WriteText("const"u8, text);
                return true;
            case SchemaKeyword.Default when repair.Default is { } text:
                WriteText("default"u8, text);
                return true;
            case SchemaKeyword.Items
                when repair.ItemEnum is { } texts
                    && property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.True:
                WriteItemsOf(property, new SchemaOverlay { Enum = texts });
                return true;
            default:
                return false;
        }
    }

    private void WriteItemsOf(JsonProperty property, SchemaOverlay overlay)
    {
        var (composition, outer, closing, known) = (_composition, _way, _closing, _known);
        (_composition, _way, _closing, _known) = (null, SchemaWay.Part, null, null);
        _json.WritePropertyName("items"u8);
        _path.Push(property);
        WriteSchema(property.Value, overlay);
        _path.Pop();
        (_composition, _way, _closing, _known) = (composition, outer, closing, known);
    }

    private void WriteMissingItems(SchemaRepair repair)
    {
        var types = repair.Type?.Items ?? default;
        if (repair.ItemEnum is null && types == default)
            return;
        _json.WriteStartObject("items"u8);
        if (types != default)
            ValueKeywords.WriteTypes(_json, types);
        if (repair.ItemEnum is { } texts)
            ValueKeywords.WriteEnum(_json, texts, nullable: false);
        _json.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> keyword, string json)
    {
        _json.WritePropertyName(keyword);
        _json.WriteRawValue(json, skipInputValidation: true);
    }

    // Some model APIs refuse a whole list of tools for anything but `description` and `default` next to `$ref`; what
    // says more about the value is written next to an `allOf` of the reference.
    private void WriteReferring(int first, in SchemaShape shape, SchemaOverlay overlay)
    {
        var ignoresSiblings =
            SchemaReference.IgnoresSiblings(_resource.Document) && shape.Ref.ValueKind == JsonValueKind.String;
        if (!shape.IsNullable && overlay.Enum is null && (ignoresSiblings || !shape.HasSiblings))
        {
            SchemaText.WriteDescription(_json, shape, overlay);
            WriteReference(first, shape, hasDefault: !ignoresSiblings);
            return;
        }
        if (!shape.IsNullable && !ignoresSiblings && shape.HasSiblings)
        {
            WriteMembers(first, shape, overlay, isBranch: false);
            return;
        }
        WriteAnnotations(shape, overlay);
        if (shape.IsNullable)
            WriteNullableReference(first, shape, ignoresSiblings);
        else
            WriteReferenceInAllOf(first, shape);
        WriteItemEnum(overlay);
    }

    private void WriteNullableReference(int first, in SchemaShape shape, bool ignoresSiblings)
    {
        if (ignoresSiblings)
            Report(
                "'nullable' next to '$ref' has no meaning in this version of OpenAPI; null is allowed, as "
                    + "the author means.",
                rule: ImportRules.SchemaRepair
            );
        _json.WriteStartArray("anyOf"u8);
        _json.WriteStartObject();
        if (ignoresSiblings || !shape.HasSiblings)
            WriteReference(first, shape, hasDefault: !ignoresSiblings);
        else
            WriteMembers(first, shape, SchemaOverlay.None, isBranch: true);
        EndOrNull();
    }

    private void WriteReference(int first, in SchemaShape shape, bool hasDefault)
    {
        for (var i = first; i < first + shape.Count; i++)
        {
            var (keyword, property) = _members[i];
            if (IsMeant(keyword, shape))
                WriteRef(property.Value, isDynamic: keyword == SchemaKeyword.DynamicRef);
            else if (hasDefault && keyword == SchemaKeyword.Default)
                ValueKeywords.WriteAny(_json, "default"u8, property.Value);
        }
    }

    private void WriteReferenceInAllOf(int first, in SchemaShape shape)
    {
        if (IsNowhere(first, shape))
            return;
        _json.WriteStartArray("allOf"u8);
        WriteReferenceAsMember(first, shape);
        _json.WriteEndArray();
    }

    private void WriteReferenceAsMember(int first, in SchemaShape shape)
    {
        if (IsNowhere(first, shape))
            return;
        _json.WriteStartObject();
        WriteReference(first, shape, hasDefault: false);
        _json.WriteEndObject();
    }

    // Without what it refers to, a member would allow anything.
    private bool IsNowhere(int first, in SchemaShape shape)
    {
        for (var i = first; i < first + shape.Count; i++)
        {
            if (IsMeant(_members[i].Keyword, shape))
                return Meant(_members[i].Property.Value, isDynamic: _members[i].Keyword == SchemaKeyword.DynamicRef)
                    is null;
        }
        return true;
    }

    // Of several kinds of references in one schema the plain one counts.
    private static bool IsMeant(SchemaKeyword keyword, in SchemaShape shape) =>
        keyword == SchemaKeyword.Ref
        || (keyword is SchemaKeyword.DynamicRef or SchemaKeyword.RecursiveRef && !shape.Has(SchemaKeyword.Ref));
}
