using System.Buffers.Binary;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// Reads flat data from front to back; whatever does not fit is an <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct FlatReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What is not read yet.</summary>
    public readonly int Rest => _rest.Length;

    public int Int()
    {
        if (_rest.Length < sizeof(int))
            throw new InvalidDataException("The data ends too early.");
        var value = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        _rest = _rest[sizeof(int)..];
        return value;
    }

    public ulong Long()
    {
        if (_rest.Length < sizeof(ulong))
            throw new InvalidDataException("The data ends too early.");
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[sizeof(ulong)..];
        return value;
    }

    /// <summary>A number of items, each of which takes so many bytes at the least.</summary>
    public int Count(int leastBytes)
    {
        var count = Int();
        if (count < 0 || count > _rest.Length / leastBytes)
            throw new InvalidDataException("There are fewer items than it says.");
        return count;
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
            throw new InvalidDataException("The data ends too early.");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
