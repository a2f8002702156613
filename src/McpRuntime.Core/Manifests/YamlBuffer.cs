using System.Buffers;
using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>YAML text that is being written; the part that is not flushed yet can be taken back.</summary>
internal sealed class YamlBuffer(IBufferWriter<byte> output)
{
    private const int FlushAt = 256 * 1024;

    private byte[] _bytes = new byte[FlushAt + (16 * 1024)];
    private byte[] _scratch = [];
    private int _length;
    private int _lineStart;

    public int Column => _length - _lineStart;

    public int Mark() => _length;

    /// <summary>Takes back what was written since <paramref name="mark"/>, which is on the same line.</summary>
    public void Reset(int mark) => _length = mark;

    public void Byte(byte value)
    {
        if (_length == _bytes.Length)
            Grow(1);
        _bytes[_length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length - _length < value.Length)
            Grow(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Indent(int columns)
    {
        if (_bytes.Length - _length < columns)
            Grow(columns);
        _bytes.AsSpan(_length, columns).Fill((byte)' ');
        _length += columns;
    }

    public void NewLine()
    {
        Byte((byte)'\n');
        _lineStart = _length;
    }

    /// <summary>The string or property name that the reader is at, unescaped; valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(ref Utf8JsonReader json) =>
        json.ValueIsEscaped ? JsonUnescape.Decode(json.ValueSpan, ref _scratch) : json.ValueSpan;

    /// <summary>Call between lines only.</summary>
    public void FlushIfLarge()
    {
        if (_length >= FlushAt)
            Flush();
    }

    public void Flush()
    {
        output.Write(_bytes.AsSpan(0, _length));
        _lineStart -= _length;
        _length = 0;
    }

    private void Grow(int more) =>
        Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + more), Array.MaxLength));
}
