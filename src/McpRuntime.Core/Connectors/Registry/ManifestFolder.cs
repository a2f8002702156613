using McpRuntime.Files;

namespace McpRuntime.Connectors.Registry;

/// <summary>Finds the manifests below a folder.</summary>
internal static class ManifestFolder
{
    // Scoped connectors need one level; a folder that was chosen by mistake, or a circle of links, must not be walked
    // for ever.
    private const int MaxDepth = 8;

    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MaxDepth,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <summary>
    /// Full paths in the order of their names, which decides between two files with one connector; none without the
    /// folder.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read just now, e.g. a network drive that is away.</exception>
    public static IReadOnlyList<SeenFile> List(string folder)
    {
        var found = new List<SeenFile>();
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            return found;
        foreach (var file in root.EnumerateFiles("*", Options))
        {
            if (file.Extension is ".yaml" or ".yml" or ".json" && See(file) is { } seen)
                found.Add(seen);
        }
        found.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return found;
    }

    /// <summary>One file; none where it is missing.</summary>
    public static IReadOnlyList<SeenFile> One(string path) =>
        File.Exists(path) && See(new FileInfo(path)) is { } seen ? [seen] : [];

    // A link stays the same when its target changes, and container mounts swap targets.
    private static SeenFile? See(FileInfo file)
    {
        if (FileStatus.Of(file.FullName) is { } status)
            return new SeenFile(file.FullName, status.Length, status.Modified, status.Changed, status.Inode);
        try
        {
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return target is { Exists: true }
                ? new SeenFile(
                    file.FullName,
                    target.Length,
                    target.LastWriteTimeUtc.Ticks,
                    target.CreationTimeUtc.Ticks,
                    Inode: 0
                )
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went away between the listing and now, or its link leads nowhere.
            return null;
        }
    }
}
