namespace McpRuntime.Files;

/// <summary>Files that only their owner may read, written whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes next to the target, then renames over it: a reader never sees half a file.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = TemporaryFor(path);
        try
        {
            await using (var stream = Create(temporary))
            {
                await stream.WriteAsync(content, cancellationToken);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// As <see cref="WriteAsync"/>, for what can be made again: it is not waited for until the disk has it.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryFor(path);
        try
        {
            using (var stream = Create(temporary))
                stream.Write(content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Holds a lock file until it is disposed; the system releases it when the process dies.</summary>
    /// <exception cref="IOException">Another process held it for ten seconds.</exception>
    public static Task<FileStream> LockAsync(string path, CancellationToken cancellationToken) =>
        WaitForAsync(path, LockPatience, cancellationToken);

    /// <summary>As <see cref="LockAsync"/>, with a patience of its own.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="patience">How long another process may hold it; infinite to wait until it does not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">Another process held it for longer.</exception>
    public static async Task<FileStream> WaitForAsync(
        string path,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; )
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
                when (File.Exists(path)
                    && (patience == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(start) < patience)
                )
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
    }

    /// <summary>Holds a lock file that others cannot read, until it is disposed or the process dies.</summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static FileStream Hold(string path) => Create(path, FileMode.OpenOrCreate);

    private static string TemporaryFor(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private static FileStream Create(string path, FileMode mode = FileMode.CreateNew)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
