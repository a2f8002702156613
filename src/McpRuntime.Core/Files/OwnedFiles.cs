using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Files;

/// <summary>Files that no other account can have written.</summary>
internal static class OwnedFiles
{
    /// <summary>Why others may have put files into a folder; null where they cannot.</summary>
    public static string? ExplainFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return WindowsOwner.Explain(new DirectoryInfo(path));
        if (FileStatus.OfLink(path) is not { } folder || FileStatus.CurrentUser is not { } user)
            return "its owner cannot be determined";
        if (!folder.IsFolder)
            return "it is a link, or not a folder";
        if (folder.Owner != user)
            return "it belongs to another user";
        return folder.IsWritableByOthers ? "other users can write to it (chmod go-w)" : null;
    }

    /// <summary>
    /// Opens a file for reading; null where it is not this user's own regular file, with one name and no other writer.
    /// </summary>
    public static SafeFileHandle? OpenRead(string path)
    {
        // Before it is opened: opening a named pipe blocks.
        if (!OperatingSystem.IsWindows() && FileStatus.OfLink(path) is not { IsRegularFile: true })
            return null;
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (IsOwn(path, handle))
                return handle;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It went away, or is another's.
        }
        handle?.Dispose();
        return null;
    }

    private static bool IsOwn(string path, SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
            return new FileInfo(path).LinkTarget is null && WindowsOwner.Explain(new FileInfo(path)) is null;
        // Of what was opened, and of the name: a link that took its place meanwhile leads to another file.
        return FileStatus.Of(handle) is { IsRegularFile: true, Links: 1, IsWritableByOthers: false } opened
            && opened.Owner == FileStatus.CurrentUser
            && opened.Length == RandomAccess.GetLength(handle)
            && FileStatus.OfLink(path) is { } named
            && named.IsSameFile(opened);
    }
}
