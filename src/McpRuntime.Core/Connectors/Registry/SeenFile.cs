namespace McpRuntime.Connectors.Registry;

/// <summary>
/// A file as it was seen, and what tells whether it has changed without reading it. A class, as all that the start
/// runs through: collections of our own value types are compiled at run time, ahead-of-time compilation or not.
/// </summary>
/// <param name="Path">Full path.</param>
/// <param name="Length">Bytes; links are resolved.</param>
/// <param name="Written">Time of the last write. Programs can set it, and two writes may come within one tick of the
/// clock.</param>
/// <param name="Changed">What no program can set: the time of the last change where the system tells it, else of
/// creation.</param>
/// <param name="Inode">Another one where a new file took the place of the old; 0 where files have none.</param>
internal sealed record SeenFile(string Path, long Length, long Written, long Changed, ulong Inode)
{
    /// <summary>The file is gone.</summary>
    public static SeenFile Missing(string path) => new(path, -1, 0, 0, 0);

    public bool IsMissing => Length < 0;
}
