namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// The parts of a compiled manifest. What is not needed is not read, and a number that is unknown is skipped.
/// </summary>
internal enum CompiledSection
{
    /// <summary>The manifest: see <see cref="ManifestSection"/>.</summary>
    Manifest = 1,

    /// <summary>
    /// The tools as they are listed: see <see cref="EntriesSection"/>. Made of the manifest; without it, it is made
    /// again.
    /// </summary>
    Entries = 2,
}
