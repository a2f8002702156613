using System.Buffers;
using System.Text;

namespace McpRuntime.Json;

/// <summary>
/// A growing buffer of JSON text. Other than with <see cref="System.Text.Json.Utf8JsonWriter"/>, what was written can
/// be read back at once, which aliases and merge keys of YAML need, and number texts go in as they are.
/// </summary>
internal sealed class JsonBuffer(int capacity)
{
    private const string Hex = "0123456789abcdef";

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014"
            + "\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"
    );

    private byte[] _bytes = new byte[Math.Max(capacity, 256)];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Begins again; what was written is gone.</summary>
    public void Clear() => Length = 0;

    public void Raw(byte value)
    {
        Grow(1);
        _bytes[Length++] = value;
    }

    public void Raw(ReadOnlySpan<byte> json)
    {
        Grow(json.Length);
        json.CopyTo(_bytes.AsSpan(Length));
        Length += json.Length;
    }

    /// <summary>Text that needs no escaping, such as a number.</summary>
    public void Raw(ReadOnlySpan<char> json)
    {
        Grow(json.Length * 3);
        Length += Encoding.UTF8.GetBytes(json, _bytes.AsSpan(Length));
    }

    /// <summary>A JSON string with the fewest escapes (RFC 8259 section 7); a lone surrogate becomes U+FFFD.</summary>
    public void String(ReadOnlySpan<char> value)
    {
        Raw((byte)'"');
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAny(Escaped);
            if (plain < 0)
            {
                Raw(value);
                break;
            }
            Raw(value[..plain]);
            Escape(value[plain]);
            value = value[(plain + 1)..];
        }
        Raw((byte)'"');
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            case '\b':
                Raw("\\b"u8);
                break;
            case '\f':
                Raw("\\f"u8);
                break;
            default:
                Raw("\\u00"u8);
                Raw((byte)Hex[c >> 4]);
                Raw((byte)Hex[c & 15]);
                break;
        }
    }

    private void Grow(int more)
    {
        if (_bytes.Length - Length < more)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)Length + more), Array.MaxLength));
    }
}
