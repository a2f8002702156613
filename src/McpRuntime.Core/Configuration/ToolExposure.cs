namespace McpRuntime.Configuration;

/// <summary>What <c>tools/list</c> has.</summary>
public enum ToolExposure
{
    /// <summary>
    /// <see cref="Search"/> where the tools are too many for a model to choose from, else <see cref="All"/>.
    /// </summary>
    Auto,

    /// <summary>Every tool.</summary>
    All,

    /// <summary>Tools that find, describe and call all others, and the pinned ones.</summary>
    Search,
}
