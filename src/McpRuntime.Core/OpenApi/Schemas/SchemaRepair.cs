using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// What is written of a schema object whose keywords contradict each other. The API behind the document works, so of
/// two statements that exclude each other the one is kept that a careful reader would follow, and each repair is
/// reported.
/// </summary>
internal sealed partial class SchemaRepair
{
    internal const string NullTypeMessage =
        "null without quotes is not the name of a type (JSON Schema validation section 6.1.1); 'type' is ignored.";

    private readonly List<SchemaMember> _members;
    private readonly int _first;
    private readonly int _end;
    private readonly bool _isNullable;
    private JsonTypes _types;
    private ulong _leftOut;
    private List<(SchemaKeyword Keyword, string Message)>? _messages;

    private SchemaRepair(List<SchemaMember> members, int first, int count, bool isNullable)
    {
        (_members, _first, _end) = (members, first, first + count);
        _isNullable = isNullable;
    }

    /// <summary>The meaning of <c>type</c> where it is not written as it is.</summary>
    internal TypeMeaning? Type { get; private set; }

    /// <summary>JSON texts in the place of <c>enum</c>; null where it is written as it is.</summary>
    internal List<string>? Enum { get; private set; }

    /// <summary>JSON texts of an <c>enum</c> that is moved to the items; null where there is none.</summary>
    internal List<string>? ItemEnum { get; private set; }

    /// <summary>JSON text in the place of <c>const</c>; null where it is written as it is.</summary>
    internal string? Const { get; private set; }

    /// <summary>JSON text in the place of <c>default</c>; null where it is written as it is.</summary>
    internal string? Default { get; private set; }

    /// <summary>What was repaired, each with its keyword.</summary>
    internal List<(SchemaKeyword Keyword, string Message)> Messages => _messages ??= [];

    /// <summary>The repairs of a schema object; null for nearly all, which need none.</summary>
    /// <param name="members">Its keywords, from <paramref name="first"/>.</param>
    /// <param name="first">Index of the first.</param>
    /// <param name="shape">The same keywords.</param>
    /// <param name="isNullType">A <c>type</c> that is null without quotes means the type null here.</param>
    internal static SchemaRepair? Of(List<SchemaMember> members, int first, in SchemaShape shape, bool isNullType)
    {
        if (!shape.MayContradict)
            return null;
        var repair = new SchemaRepair(members, first, shape.Count, shape.IsNullable);
        if (shape.Has(SchemaKeyword.Type))
            repair.ReadType(shape, isNullType);
        repair.CompareBounds(shape);
        if (shape.HasValues)
            repair.CheckValues(shape);
        return repair._messages is null ? null : repair;
    }

    /// <summary>The JSON types that a schema's <c>type</c> allows, repaired; none where it allows all.</summary>
    internal static JsonTypes TypesOf(JsonElement schema)
    {
        var members = new List<SchemaMember>();
        var shape = SchemaShape.Of(schema, members);
        var repair = new SchemaRepair(members, 0, shape.Count, shape.IsNullable);
        repair.ReadType(shape, isNullType: false);
        return repair._types;
    }

    internal static string WordMessage(JsonElement type, JsonTypes types) =>
        $"The type '{JsonRead.Text(type)}' is not a type of JSON Schema; read as {Words(types)}.";

    internal bool LeavesOut(SchemaKeyword keyword) => (_leftOut & (1UL << (int)keyword)) != 0;

    private void LeaveOut(SchemaKeyword keyword) => _leftOut |= 1UL << (int)keyword;

    private void LeaveOut(SchemaKeyword keyword, string message)
    {
        LeaveOut(keyword);
        Messages.Add((keyword, message));
    }

    private JsonElement Value(SchemaKeyword keyword)
    {
        for (var i = _first; i < _end; i++)
        {
            if (_members[i].Keyword == keyword)
                return _members[i].Property.Value;
        }
        return default;
    }

    private void ReadType(in SchemaShape shape, bool isNullType)
    {
        var type = shape.Type;
        switch (type.ValueKind)
        {
            case JsonValueKind.Null when !isNullType:
                LeaveOut(SchemaKeyword.Type, NullTypeMessage);
                return;
            case JsonValueKind.Null:
                _types = JsonTypes.Null;
                return;
            case JsonValueKind.String:
                ReadWord(shape, type);
                break;
            case JsonValueKind.Array:
                ReadList(type);
                break;
        }
        if (_isNullable && _types != JsonTypes.None)
            _types |= JsonTypes.Null;
    }

    private void ReadWord(in SchemaShape shape, JsonElement type)
    {
        _types = JsonTypesExtensions.Parse(JsonRead.Text(type));
        if (_types == JsonTypes.Null && SaysMoreThanNull(shape))
        {
            _types = JsonTypes.None;
            LeaveOut(
                SchemaKeyword.Type,
                "The type 'null' excludes everything else that the schema describes; 'type' is ignored."
            );
        }
        if (_types != JsonTypes.None || LeavesOut(SchemaKeyword.Type) || !TypeWords.TryRead(type, out var meaning))
            return;
        _types = meaning.Types;
        // OpenAPI 2.0 has this word.
        if (type.ValueEquals("file"u8))
            return;
        if (_types == JsonTypes.None)
        {
            LeaveOut(SchemaKeyword.Type, $"The type '{JsonRead.Text(type)}' allows any value; 'type' is ignored.");
            return;
        }
        Type = meaning;
        Messages.Add((SchemaKeyword.Type, WordMessage(type, _types)));
    }

    private static bool SaysMoreThanNull(in SchemaShape shape) =>
        shape.Has(SchemaKeyword.AllOf)
        || shape.Has(SchemaKeyword.AnyOf)
        || shape.Has(SchemaKeyword.OneOf)
        || shape.Has(SchemaKeyword.Properties)
        || shape.Has(SchemaKeyword.Items);

    private void ReadList(JsonElement list)
    {
        var (isExact, isKnown) = (true, true);
        foreach (var item in list.EnumerateArray())
        {
            var own =
                item.ValueKind == JsonValueKind.Null ? JsonTypes.Null : JsonTypesExtensions.Parse(JsonRead.Text(item));
            if (own == JsonTypes.None)
            {
                isExact = false;
                if (TypeWords.TryRead(item, out var meaning) && meaning.Types != JsonTypes.None)
                    own = meaning.Types;
                else
                    isKnown = false;
            }
            _types |= own;
        }
        if (isExact || !isKnown)
            return;
        Type = new TypeMeaning(_types);
        Messages.Add(
            (
                SchemaKeyword.Type,
                $"The types {list.GetRawText()} are not all types of JSON Schema; read as {Words(_types)}."
            )
        );
    }

    private static string Words(JsonTypes types)
    {
        var words = new List<string>();
        types.AddWords(words);
        return string.Join(" or ", words);
    }
}
