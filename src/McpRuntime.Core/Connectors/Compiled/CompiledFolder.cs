using McpRuntime.Files;
using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// The folder of compiled manifests, which is read only where no one else can have written: the folder and each file
/// are this user's own, others may not write to them, and a file has one name and is not a link.
/// </summary>
/// <param name="path">Full path. Made when something is kept.</param>
internal sealed class CompiledFolder(string path)
{
    private const string Extension = ".manifest";

    // What no one used for so long belongs to a manifest that has changed since, or to an older version.
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    // The time of the last use is written this often.
    private static readonly TimeSpan Used = TimeSpan.FromDays(1);

    private bool _isTidy;

    /// <summary>Why the folder is not used; null where it is fine, or not there.</summary>
    public string? Objection => Directory.Exists(path) ? OwnedFiles.ExplainFolder(path) : null;

    /// <summary>Opens the file of a content; null where there is none, or none to be trusted.</summary>
    public SafeFileHandle? Open(ContentKey key)
    {
        var file = PathOf(key);
        if (!File.Exists(file) || OwnedFiles.ExplainFolder(path) is not null)
            return null;
        var handle = OwnedFiles.OpenRead(file);
        if (handle is not null)
            NoteUse(file);
        return handle;
    }

    /// <summary>
    /// Keeps a file in the place of one that is there. Whatever prevents it only costs time the next time.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(ContentKey key, byte[] content)
    {
        PrivateFile.CreateFolder(path);
        if (OwnedFiles.ExplainFolder(path) is not null)
            return;
        RemoveUnused();
        PrivateFile.Write(PathOf(key), content);
    }

    private string PathOf(ContentKey key) => Path.Combine(path, key + Extension);

    private static void NoteUse(string file)
    {
        try
        {
            // Compared with times of the file system, which no other clock sets.
#pragma warning disable RS0030
            var now = DateTime.UtcNow;
#pragma warning restore RS0030
            if (now - File.GetLastWriteTimeUtc(file) > Used)
                File.SetLastWriteTimeUtc(file, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A disk that is only read: nothing is removed from it either.
        }
    }

    // Once a process.
    private void RemoveUnused()
    {
        if (_isTidy)
            return;
        _isTidy = true;
        // Compared with times of the file system, too.
#pragma warning disable RS0030
        var before = DateTime.UtcNow - Unused;
#pragma warning restore RS0030
        foreach (var file in new DirectoryInfo(path).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < before)
                file.Delete();
        }
    }

    public override string ToString() => path;
}
