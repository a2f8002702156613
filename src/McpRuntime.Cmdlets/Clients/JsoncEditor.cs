using System.Text;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>
/// Sets and removes <c>section.name</c> in a text of JSON with comments, where a section is an object, or a list of
/// objects whose name is their <c>id</c>. Everything else keeps its bytes: comments, order, indentation, line ends,
/// trailing commas and a byte order mark.
/// </summary>
internal static class JsoncEditor
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The value of <c>section.name</c>; null where there is none.</summary>
    /// <exception cref="JsonException">The text is not JSON with comments, or a level of the path is not an
    /// object.</exception>
    public static JsonElement? Get(ReadOnlySpan<byte> text, string section, string name)
    {
        text = WithoutMark(text);
        if (IsBlank(text))
            return null;
        if (Section(text, JsoncObject.Read(text), section, isList: false)?.Find(name) is not { } member)
            return null;
        var options = new JsonDocumentOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };
        using var value = JsonDocument.Parse(text[member.ValueStart..member.ValueEnd].ToArray(), options);
        return value.RootElement.Clone();
    }

    /// <summary>The text with <c>section.name</c> set; an empty text becomes its own object.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="section">A top-level key; it is made where it is missing.</param>
    /// <param name="name">The key in it.</param>
    /// <param name="write">Writes the value; one of a list has its name as its <c>id</c>.</param>
    /// <param name="isList">The section is a list.</param>
    /// <exception cref="JsonException">As for <see cref="Get"/>.</exception>
    public static byte[] Set(
        ReadOnlySpan<byte> text,
        string section,
        string name,
        Action<Utf8JsonWriter> write,
        bool isList = false
    )
    {
        var plain = WithoutMark(text);
        if (IsBlank(plain))
            plain = "{\n}\n"u8;
        var style = JsoncStyle.Of(plain);
        var root = JsoncObject.Read(plain);
        byte[] changed;
        if (Section(plain, root, section, isList) is not { } servers)
        {
            changed = Insert(
                plain,
                root,
                section,
                style.Write(1, writer => WriteSection(writer, name, write, isList)),
                style,
                1
            );
        }
        else if (servers.Find(name) is { } member)
        {
            changed = [.. plain[..member.ValueStart], .. style.Write(2, write), .. plain[member.ValueEnd..]];
        }
        else
        {
            changed = Insert(plain, servers, isList ? null : name, style.Write(2, write), style, 2);
        }
        return WithMarkOf(text, changed);
    }

    /// <summary>The text without <c>section.name</c>; null where there is none.</summary>
    /// <exception cref="JsonException">As for <see cref="Get"/>.</exception>
    public static byte[]? Remove(ReadOnlySpan<byte> text, string section, string name, bool isList = false)
    {
        var plain = WithoutMark(text);
        if (
            IsBlank(plain)
            || Section(plain, JsoncObject.Read(plain), section, isList) is not { } servers
            || servers.Find(name) is not { } member
        )
            return null;
        var index = servers.Members.IndexOf(member);
        var start = member.NameStart;
        var end = member.Comma + 1 ?? member.ValueEnd;
        // The line's own indentation and end go with the member, unless a comment follows on the line.
        var before = start;
        while (before > 0 && plain[before - 1] is (byte)' ' or (byte)'\t')
            before--;
        var rest = plain[end..];
        var tail = rest.Length - rest.TrimStart(" \t"u8).Length;
        if (before > 0 && plain[before - 1] == '\n' && tail < rest.Length && rest[tail] is (byte)'\r' or (byte)'\n')
        {
            start = before - 1 - (before > 1 && plain[before - 2] == '\r' ? 1 : 0);
            end += tail;
        }
        // Without a comma after it, the member was the last: the one before it becomes the last and needs none.
        var stray = member.Comma is null && index > 0 ? servers.Members[index - 1].Comma : null;
        byte[] changed = stray is { } comma
            ? [.. plain[..comma], .. plain[(comma + 1)..start], .. plain[end..]]
            : [.. plain[..start], .. plain[end..]];
        return WithMarkOf(text, changed);
    }

    private static void WriteSection(Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> write, bool isList)
    {
        if (isList)
            writer.WriteStartArray();
        else
            writer.WriteStartObject();
        if (!isList)
            writer.WritePropertyName(name);
        write(writer);
        if (isList)
            writer.WriteEndArray();
        else
            writer.WriteEndObject();
    }

    private static JsoncObject? Section(ReadOnlySpan<byte> text, JsoncObject root, string section, bool isList)
    {
        if (root.Find(section) is not { } member)
            return null;
        if (isList)
            return text[member.ValueStart] == '['
                ? JsoncObject.ReadList(text, member.ValueStart)
                : throw new JsonException($"'{section}' is not a list.");
        return member.IsObject
            ? JsoncObject.Read(text, member.ValueStart)
            : throw new JsonException($"'{section}' is not an object.");
    }

    private static byte[] Insert(
        ReadOnlySpan<byte> text,
        JsoncObject into,
        string? name,
        byte[] value,
        JsoncStyle style,
        int depth
    )
    {
        var end = into.Open + 1 + text[(into.Open + 1)..into.Close].TrimEnd(" \t\r\n"u8).Length;
        var member = new List<byte>(value.Length + 64);
        member.AddRange(style.LineAt(depth));
        if (name is not null)
            member.AddRange(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\": "));
        member.AddRange(value);
        // A trailing comma is the file's own style; the new last member has one too.
        if (into.Members.Count > 0 && into.Members[^1].Comma is not null)
            member.Add((byte)',');
        member.AddRange(style.LineAt(depth - 1));
        return into.Members.Count > 0 && into.Members[^1] is { Comma: null } last
            ? [.. text[..last.ValueEnd], (byte)',', .. text[last.ValueEnd..end], .. member, .. text[into.Close..]]
            : [.. text[..end], .. member, .. text[into.Close..]];
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8).IsEmpty;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;

    private static byte[] WithMarkOf(ReadOnlySpan<byte> original, byte[] changed) =>
        original.StartsWith(ByteOrderMark) ? [.. ByteOrderMark, .. changed] : changed;
}
