using System.Text;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// Pieces of bytes one after the other: where each ends, then their bytes. Each is found without reading the others.
/// </summary>
/// <param name="bytes">Of all.</param>
/// <param name="ends">Where each ends in them.</param>
internal sealed class FlatPieces(ReadOnlyMemory<byte> bytes, int[] ends)
{
    public ReadOnlyMemory<byte> this[int position]
    {
        get
        {
            var start = position == 0 ? 0 : ends[position - 1];
            return bytes[start..ends[position]];
        }
    }

    public string Text(int position) => Encoding.UTF8.GetString(this[position].Span);

    /// <summary>The pieces that are the rest of a section.</summary>
    /// <exception cref="InvalidDataException">It does not hold so many.</exception>
    public static FlatPieces Read(ref FlatReader reader, ReadOnlyMemory<byte> section, int count)
    {
        if (count < 0 || count > reader.Rest / sizeof(int))
            throw new InvalidDataException("There are fewer pieces than it says.");
        var length = reader.Rest - (count * sizeof(int));
        var ends = new int[count];
        var last = 0;
        for (var i = 0; i < count; i++)
        {
            var end = reader.Int();
            if (end < last || end > length)
                throw new InvalidDataException("A piece lies outside of the data.");
            ends[i] = last = end;
        }
        return new FlatPieces(section[^length..], ends);
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public static void Write(FlatWriter output, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var end = 0;
        foreach (var piece in pieces)
            output.Int(end = checked(end + piece.Length));
        foreach (var piece in pieces)
            output.Bytes(piece.Span);
    }
}
