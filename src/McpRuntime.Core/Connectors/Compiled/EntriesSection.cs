using McpRuntime.Connectors.Listing;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Compiled;

/// <summary>The entries of a connector's tools in <c>tools/list</c>: their number, and each as a piece.</summary>
internal static class EntriesSection
{
    public static FlatWriter Write(ConnectorManifest connector)
    {
        var entries = ToolEntries.Of(connector, withOutputSchemas: false);
        var heads = ToolHead.AllOf(connector);
        var pieces = new ReadOnlyMemory<byte>[heads.Count];
        // From the last to the first: a list that is made meanwhile begins at the other end, and the two meet.
        for (var i = heads.Count - 1; i >= 0; i--)
            pieces[i] = entries.Of(i, heads[i]);
        var section = new FlatWriter();
        section.Int(pieces.Length);
        FlatPieces.Write(section, pieces);
        return section;
    }

    /// <exception cref="InvalidDataException">The bytes are not such a section, or one of another number of
    /// tools.</exception>
    public static FlatPieces Read(byte[] section, int tools)
    {
        var reader = new FlatReader(section);
        return reader.Int() == tools
            ? FlatPieces.Read(ref reader, section, tools)
            : throw new InvalidDataException("It has entries of other tools.");
    }
}
