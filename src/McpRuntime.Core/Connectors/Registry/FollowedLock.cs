using McpRuntime.Diagnostics;
using McpRuntime.Locks;

namespace McpRuntime.Connectors.Registry;

/// <summary>
/// A lock as its file is now. One that can no longer be read stays as it was: what was reviewed is still reviewed.
/// Used by one thread at a time.
/// </summary>
/// <param name="path">The lock.</param>
/// <param name="startPath">Which cached manifests hold what was reviewed; null where none is used.</param>
public sealed class FollowedLock(string path, string? startPath = null)
{
    private (long Length, DateTime Written)? _seen;

    /// <summary>The newest that could be read; null where none could.</summary>
    public ToolLock? Current { get; private set; }

    /// <summary>Why the file cannot be read now; empty where it can.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Why no cached manifest is used although a file should say which; null where it says so.</summary>
    public string? StartObjection { get; private set; }

    /// <summary>Reads the file if it is not as it was; true when it was read, or could not be.</summary>
    public bool Update()
    {
        var file = new FileInfo(path);
        var seen = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
        if (_seen == seen)
            return false;
        _seen = seen;
        try
        {
            string? objection = null;
            var start = startPath is null ? null : LockStartFile.Read(startPath, out objection);
            Current = LockFile.Read(path, start, out var ofLock);
            StartObjection = objection ?? ofLock;
            Findings = [];
        }
        catch (FindingsException exception)
        {
            Findings = exception.Findings;
        }
        return true;
    }
}
