namespace McpRuntime.Files;

/// <summary>
/// Opens files that were found in a folder or named by a document. Opening a named pipe blocks until someone writes to
/// it, and nothing interrupts that: one pipe in a folder would stop its thread for ever.
/// </summary>
/// <remarks>
/// .NET does not tell what kind of file a path leads to. Pipes, devices and sockets have no length, though, so a file
/// without content is never opened.
/// </remarks>
internal static class RegularFile
{
    private const string Special =
        "It is empty, or not a regular file but a pipe, a device or a socket, which is not opened.";

    /// <summary>The path leads to a file with content, links resolved.</summary>
    public static bool HasContent(string path)
    {
        try
        {
            return Length(path) > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens for reading; others may write, rename and delete it meanwhile, as editors do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isAsync">As for <see cref="FileStream"/>.</param>
    /// <exception cref="IOException">It is not there, or it is empty or not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static FileStream OpenRead(string path, bool isAsync = false)
    {
        if (Length(path) == 0)
            throw new IOException(Special);
        return new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            useAsync: isAsync
        );
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null || file.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo target
            ? file.Length
            : target.Length;
    }
}
