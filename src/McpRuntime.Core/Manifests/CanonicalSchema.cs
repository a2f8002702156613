using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// A schema in one spelling, whatever the order of its members, its blanks and its escapes: what hashes are made of. The
/// text is not JSON; it only differs wherever two schemas do.
/// </summary>
internal sealed class CanonicalSchema
{
    // Documents are bounded to 256 when they are read; the recursion below has a bound of the same kind.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    [ThreadStatic]
    private static CanonicalSchema? _ofThread;

    // Members of the object that is written and of those around it.
    private readonly List<Member> _members = [];
    private byte[] _output = new byte[4096];
    private byte[] _scratch = [];
    private byte[] _unescaped = [];
    private int _length;
    private bool _withWords;

    /// <summary>One for each thread: to grow its memory again for each of thousands of schemas would cost more than the work.</summary>
    public static CanonicalSchema OfThread => _ofThread ??= new CanonicalSchema();

    /// <summary>Writes a schema; the result is valid until the next call.</summary>
    /// <param name="schema">UTF-8 JSON.</param>
    /// <param name="withWords">False leaves out what only informs: titles, descriptions, examples, defaults.</param>
    public ReadOnlySpan<byte> Write(ReadOnlySpan<byte> schema, bool withWords)
    {
        _length = 0;
        _members.Clear();
        _withWords = withWords;
        var reader = new Utf8JsonReader(schema, Options);
        if (reader.Read())
            Value(ref reader, SchemaContext.Schema);
        return _output.AsSpan(0, _length);
    }

    private void Value(ref Utf8JsonReader reader, SchemaContext context)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, context);
                break;
            case JsonTokenType.StartArray:
                Raw("["u8);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Value(ref reader, context);
                    Raw(","u8);
                }
                Raw("]"u8);
                break;
            case JsonTokenType.String:
                Text(reader.ValueSpan, reader.ValueIsEscaped);
                break;
            default:
                Raw(reader.ValueSpan);
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, SchemaContext context)
    {
        Raw("{"u8);
        var (first, start) = (_members.Count, _length);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWords = !_withWords && context == SchemaContext.Schema && IsWords(reader.ValueSpan);
            var inner = context switch
            {
                SchemaContext.Schema => SchemaKeywords.ContextOf(reader.ValueSpan),
                SchemaContext.SchemaMap => SchemaContext.Schema,
                _ => SchemaContext.Data,
            };
            var begin = _length;
            if (!isWords)
                Text(reader.ValueSpan, reader.ValueIsEscaped);
            var nameEnd = _length;
            reader.Read();
            if (isWords)
            {
                reader.Skip();
                continue;
            }
            Raw(":"u8);
            Value(ref reader, inner);
            Raw(","u8);
            _members.Add(new Member(begin, nameEnd, _length));
        }
        Sort(first, start);
        CollectionsMarshal.SetCount(_members, first);
        Raw("}"u8);
    }

    private void Sort(int first, int start)
    {
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        var isSorted = true;
        for (var i = 1; i < members.Length && isSorted; i++)
            isSorted = Name(members[i - 1]).SequenceCompareTo(Name(members[i])) <= 0;
        if (isSorted)
            return;
        members.Sort((left, right) => Name(left).SequenceCompareTo(Name(right)));
        if (_scratch.Length < _length - start)
            _scratch = new byte[_output.Length];
        var length = 0;
        foreach (var member in members)
        {
            _output.AsSpan(member.Begin, member.End - member.Begin).CopyTo(_scratch.AsSpan(length));
            length += member.End - member.Begin;
        }
        _scratch.AsSpan(0, length).CopyTo(_output.AsSpan(start));
    }

    private ReadOnlySpan<byte> Name(Member member) => _output.AsSpan(member.Begin, member.NameEnd - member.Begin);

    private static bool IsWords(ReadOnlySpan<byte> keyword) => keyword.Length switch
    {
        5 => keyword.SequenceEqual("title"u8),
        7 => keyword.SequenceEqual("default"u8),
        8 => keyword.SequenceEqual("examples"u8) || keyword.SequenceEqual("$comment"u8),
        10 => keyword.SequenceEqual("deprecated"u8),
        11 => keyword.SequenceEqual("description"u8),
        _ => false,
    };

    // The length says where the text ends: two texts in a row can never be read as two others.
    private void Text(ReadOnlySpan<byte> text, bool isEscaped)
    {
        if (isEscaped)
            text = JsonUnescape.Decode(text, ref _unescaped);
        Span<byte> length = stackalloc byte[11];
        length[0] = (byte)'"';
        text.Length.TryFormat(length[1..], out var digits);
        Raw(length[..(digits + 1)]);
        Raw("\""u8);
        Raw(text);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (_output.Length - _length < bytes.Length)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }

    private readonly record struct Member(int Begin, int NameEnd, int End);
}
