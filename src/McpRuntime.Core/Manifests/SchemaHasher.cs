using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Hashes a schema in one pass over its text. The hash of an object is made of the sum of its members' hashes, so that
/// their order does not matter; the hash of an array is made of its items' hashes in their order.
/// </summary>
internal sealed class SchemaHasher
{
    // Documents are limited to a depth of 256 when they are read; schemas are nested in them.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    [ThreadStatic]
    private static SchemaHasher? _ofThread;

    private byte[] _unescaped = [];

    /// <summary>One per thread: it keeps its buffer.</summary>
    public static SchemaHasher OfThread => _ofThread ??= new SchemaHasher();

    /// <param name="schema">UTF-8 JSON.</param>
    public SchemaDigest Hash(ReadOnlySpan<byte> schema)
    {
        var reader = new Utf8JsonReader(schema, Options);
        return reader.Read() ? Value(ref reader, SchemaContext.Schema) : default;
    }

    private SchemaDigest Value(ref Utf8JsonReader reader, SchemaContext context)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, context);
            case JsonTokenType.StartArray:
                return Array(ref reader, context);
            default:
                // The token type tells the text "1" from the number 1.
                return new SchemaDigest(
                    XxHash64.HashToUInt64(Text(reader.ValueSpan, reader.ValueIsEscaped), (long)reader.TokenType)
                );
        }
    }

    private SchemaDigest Object(ref Utf8JsonReader reader, SchemaContext context)
    {
        var (all, rules) = (0UL, 0UL);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var isEscaped = reader.ValueIsEscaped;
            var text = Text(name, isEscaped);
            var isAnnotation = context == SchemaContext.Schema && IsAnnotation(text);
            var inner = context switch
            {
                SchemaContext.Schema => SubschemaKeywords.ContextOf(text),
                SchemaContext.SchemaMap => SchemaContext.Schema,
                _ => SchemaContext.Data,
            };
            reader.Read();
            var value = Value(ref reader, inner);
            // Once more, since the value may have used the buffer.
            text = Text(name, isEscaped);
            var member = XxHash64.HashToUInt64(text, (long)value.All);
            all += member;
            if (!isAnnotation)
                rules += value.HasNoAnnotation ? member : XxHash64.HashToUInt64(text, (long)value.Rules);
        }
        return all == rules
            ? new SchemaDigest(Combine(all, (ulong)JsonTokenType.StartObject))
            : new SchemaDigest(
                Combine(all, (ulong)JsonTokenType.StartObject),
                Combine(rules, (ulong)JsonTokenType.StartObject)
            );
    }

    private SchemaDigest Array(ref Utf8JsonReader reader, SchemaContext context)
    {
        var (all, rules) = ((ulong)JsonTokenType.StartArray, (ulong)JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = Value(ref reader, context);
            var hasNoAnnotation = all == rules && item.HasNoAnnotation;
            all = Combine(all, item.All);
            rules = hasNoAnnotation ? all : Combine(rules, item.Rules);
        }
        return new SchemaDigest(all, rules);
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> text, bool isEscaped) =>
        isEscaped ? JsonUnescape.Decode(text, ref _unescaped) : text;

    /// <summary>A hash of two hashes in their order.</summary>
    internal static ulong Combine(ulong first, ulong second)
    {
        Span<byte> both = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(both, first);
        BinaryPrimitives.WriteUInt64LittleEndian(both[sizeof(ulong)..], second);
        return XxHash64.HashToUInt64(both);
    }

    private static bool IsAnnotation(ReadOnlySpan<byte> keyword) =>
        keyword.Length switch
        {
            5 => keyword.SequenceEqual("title"u8),
            7 => keyword.SequenceEqual("default"u8),
            8 => keyword.SequenceEqual("examples"u8) || keyword.SequenceEqual("$comment"u8),
            10 => keyword.SequenceEqual("deprecated"u8),
            11 => keyword.SequenceEqual("description"u8),
            _ => false,
        };
}
