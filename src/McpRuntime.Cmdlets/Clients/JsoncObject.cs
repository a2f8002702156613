using System.Text.Json;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>
/// The places of the members of one object, or list, in JSON with comments, as byte offsets into its text, so that a
/// member can be changed without touching a byte of anything else.
/// </summary>
internal sealed class JsoncObject
{
    private JsoncObject(int open)
    {
        Open = open;
    }

    /// <summary>A member's name as text, where it starts, and its value.</summary>
    public readonly record struct Member(
        string Name,
        int NameStart,
        int ValueStart,
        int ValueEnd,
        int? Comma,
        bool IsObject
    );

    /// <summary>Offset of <c>{</c>.</summary>
    public int Open { get; }

    /// <summary>Offset of <c>}</c>.</summary>
    public int Close { get; private set; }

    public List<Member> Members { get; } = [];

    /// <summary>The last member of a name, which is the one that counts for readers.</summary>
    public Member? Find(string name)
    {
        for (var i = Members.Count - 1; i >= 0; i--)
        {
            if (Members[i].Name == name)
                return Members[i];
        }
        return null;
    }

    /// <param name="text">UTF-8 without a byte order mark.</param>
    /// <param name="start">Where the value starts, or white space and comments before it.</param>
    /// <exception cref="JsonException">Not JSON with comments, or not an object.</exception>
    public static JsoncObject Read(ReadOnlySpan<byte> text, int start = 0)
    {
        var reader = new Utf8JsonReader(
            text[start..],
            isFinalBlock: start == 0,
            new JsonReaderState(
                new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Allow }
            )
        );
        if (!Next(ref reader) || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The text is not a JSON object.");
        var found = new JsoncObject(start + (int)reader.TokenStartIndex);
        while (Next(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var nameStart = start + (int)reader.TokenStartIndex;
            Next(ref reader);
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            var valueStart = start + (int)reader.TokenStartIndex;
            SkipValue(ref reader);
            var valueEnd = start + (int)reader.BytesConsumed;
            found.Members.Add(new Member(name, nameStart, valueStart, valueEnd, CommaAfter(text, valueEnd), isObject));
        }
        found.Close = start + (int)reader.TokenStartIndex;
        // The whole text must be sound before anything in it is changed.
        while (start == 0 && reader.Read()) { }
        return found;
    }

    /// <summary>The items of a list, each with its <c>id</c> as its name; empty for one without.</summary>
    /// <param name="text">UTF-8 without a byte order mark, which is sound JSON with comments.</param>
    /// <param name="start">Where the list starts.</param>
    public static JsoncObject ReadList(ReadOnlySpan<byte> text, int start)
    {
        var reader = new Utf8JsonReader(
            text[start..],
            isFinalBlock: false,
            new JsonReaderState(
                new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Allow }
            )
        );
        Next(ref reader);
        var found = new JsoncObject(start);
        while (Next(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            var itemStart = start + (int)reader.TokenStartIndex;
            SkipValue(ref reader);
            var itemEnd = start + (int)reader.BytesConsumed;
            found.Members.Add(
                new Member(
                    isObject ? IdOf(text[itemStart..itemEnd]) : "",
                    itemStart,
                    itemStart,
                    itemEnd,
                    CommaAfter(text, itemEnd),
                    isObject
                )
            );
        }
        found.Close = start + (int)reader.TokenStartIndex;
        return found;
    }

    private static string IdOf(ReadOnlySpan<byte> item)
    {
        var options = new JsonDocumentOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };
        using var parsed = JsonDocument.Parse(item.ToArray(), options);
        return parsed.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : "";
    }

    private static bool Next(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.Comment)
                return true;
        }
        return false;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        while (Next(ref reader) && reader.CurrentDepth > depth) { }
    }

    // Between a value and what follows it stand only white space, comments and at most one comma.
    private static int? CommaAfter(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length)
        {
            switch (text[position])
            {
                case (byte)',':
                    return position;
                case (byte)'/' when text[position + 1] == '/':
                    var line = text[position..].IndexOfAny((byte)'\n', (byte)'\r');
                    position = line < 0 ? text.Length : position + line;
                    break;
                case (byte)'/':
                    position += 2 + text[(position + 2)..].IndexOf("*/"u8) + 2;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    position++;
                    break;
                default:
                    return null;
            }
        }
        return null;
    }
}
