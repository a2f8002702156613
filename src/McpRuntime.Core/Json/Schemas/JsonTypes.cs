using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>The names of <c>type</c> (JSON Schema validation, section 6.1.1).</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    String = 32,

    /// <summary>A number without fraction; <c>1.0</c> and <c>1e2</c> are some.</summary>
    Integer = 64,

    All = Null | Boolean | Object | Array | Number | String | Integer,
}

internal static class JsonTypesExtensions
{
    /// <summary>The type of a name; <see cref="JsonTypes.None"/> for any other text.</summary>
    public static JsonTypes Parse(string? name) =>
        name switch
        {
            "null" => JsonTypes.Null,
            "boolean" => JsonTypes.Boolean,
            "object" => JsonTypes.Object,
            "array" => JsonTypes.Array,
            "number" => JsonTypes.Number,
            "string" => JsonTypes.String,
            "integer" => JsonTypes.Integer,
            _ => JsonTypes.None,
        };

    public static bool Include(this JsonTypes types, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => (types & JsonTypes.Object) != 0,
            JsonValueKind.Array => (types & JsonTypes.Array) != 0,
            JsonValueKind.String => (types & JsonTypes.String) != 0,
            JsonValueKind.True or JsonValueKind.False => (types & JsonTypes.Boolean) != 0,
            JsonValueKind.Null => (types & JsonTypes.Null) != 0,
            JsonValueKind.Number => (types & JsonTypes.Number) != 0
                || ((types & JsonTypes.Integer) != 0 && IsInteger(JsonMarshal.GetRawUtf8Value(value))),
            _ => false,
        };

    /// <summary>The types of values that are of both; an integer is a number too.</summary>
    public static JsonTypes And(this JsonTypes left, JsonTypes right)
    {
        var both = left & right;
        if ((left & JsonTypes.Number) != 0 && (right & JsonTypes.Integer) != 0)
            both |= JsonTypes.Integer;
        if ((right & JsonTypes.Number) != 0 && (left & JsonTypes.Integer) != 0)
            both |= JsonTypes.Integer;
        return both;
    }

    /// <summary>As <see cref="Include"/>, where no type at all allows every value.</summary>
    public static bool Allows(this JsonTypes types, JsonElement value) =>
        types == JsonTypes.None || types.Include(value);

    /// <summary>The types with their articles, e.g. <c>a string</c>.</summary>
    public static void AddWords(this JsonTypes types, List<string> words)
    {
        foreach (var (type, word) in Words)
        {
            if ((types & type) != 0 && !words.Contains(word))
                words.Add(word);
        }
    }

    private static ReadOnlySpan<(JsonTypes Type, string Word)> Words =>
        new[]
        {
            (JsonTypes.Object, "an object"),
            (JsonTypes.Array, "an array"),
            (JsonTypes.String, "a string"),
            (JsonTypes.Integer, "an integer"),
            (JsonTypes.Number, "a number"),
            (JsonTypes.Boolean, "a boolean"),
            (JsonTypes.Null, "null"),
        };

    private static bool IsInteger(ReadOnlySpan<byte> number) =>
        number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || DecimalText.Parse(number).IsInteger;
}
