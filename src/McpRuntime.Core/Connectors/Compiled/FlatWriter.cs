using System.Buffers;
using System.Buffers.Binary;

namespace McpRuntime.Connectors.Compiled;

/// <summary>Writes what <see cref="FlatReader"/> reads.</summary>
internal sealed class FlatWriter(int capacity = 1024)
{
    private readonly ArrayBufferWriter<byte> _output = new(capacity);

    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    public int Length => _output.WrittenCount;

    public void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), value);
        _output.Advance(sizeof(int));
    }

    public void Long(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_output.GetSpan(sizeof(ulong)), value);
        _output.Advance(sizeof(ulong));
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
