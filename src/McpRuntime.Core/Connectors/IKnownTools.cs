namespace McpRuntime.Connectors;

/// <summary>Tools of a connector of which some things are known before one of them is read.</summary>
internal interface IKnownTools
{
    /// <summary>What a catalog needs, in the order of the tools.</summary>
    IReadOnlyList<ToolHead> Heads { get; }

    /// <summary>What instructions say of all of them, as lines; null where it has to be made.</summary>
    string? Guidance { get; }

    /// <summary>
    /// Gives the entry of the tool at a place as <c>tools/list</c> shows it; null where entries have to be made.
    /// </summary>
    Func<int, ReadOnlyMemory<byte>>? ReadEntries();
}
