using McpRuntime.Files;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Results;

/// <summary>
/// The files of one process's stored results: a private folder below a private one. The lock file next to it says that
/// the process lives, so that the next one to start removes what a killed one has left.
/// </summary>
internal sealed class ResultFiles : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly string _parent;
    private readonly string _folder;
    private readonly FileStream _lock;
    private long _last;

    private ResultFiles(string parent, string name, FileStream held) =>
        (_parent, _folder, _lock) = (parent, Path.Combine(parent, name), held);

    /// <summary>Makes the folder; null, with a line in the log, where that cannot be.</summary>
    public static ResultFiles? Create(string parent, ILogger logger)
    {
        try
        {
            PrivateFile.CreateFolder(parent);
            if (OwnedFiles.ExplainFolder(parent) is { } why)
                throw new IOException($"{why}.");
            var name = Random.Shared.GetHexString(16, lowercase: true);
            // Held before the folder is there: a folder without it is one that nobody uses.
            var held = PrivateFile.Hold(Path.Combine(parent, name + LockExtension));
            var files = new ResultFiles(parent, name, held);
            PrivateFile.CreateFolder(files._folder);
            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(
                "Large answers are stored in memory only: the folder {Folder} cannot be used: {Reason}",
                parent,
                exception.Message
            );
            return null;
        }
    }

    /// <summary>Removes what processes have left that live no more.</summary>
    public static void RemoveLeftovers(string parent)
    {
        if (!Directory.Exists(parent) || OwnedFiles.ExplainFolder(parent) is not null)
            return;
        foreach (var folder in Directory.GetDirectories(parent))
        {
            try
            {
                using var held = PrivateFile.Hold(folder + LockExtension);
                // Two that start at once both come by here.
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its process lives.
                continue;
            }
            TryDelete(folder + LockExtension);
        }
    }

    /// <summary>Writes a result.</summary>
    /// <returns>What <see cref="Read"/> takes; null where the disk did not take it.</returns>
    public string? Write(ReadOnlySpan<byte> body)
    {
        var path = Path.Combine(_folder, $"{Interlocked.Increment(ref _last)}.bin");
        try
        {
            PrivateFile.Write(path, body);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The bytes; null where they are not there any more, or another account's.</summary>
    public static byte[]? Read(string path, int length)
    {
        using var handle = OwnedFiles.OpenRead(path);
        if (handle is null)
            return null;
        var bytes = new byte[length];
        var read = 0;
        for (int more; read < length && (more = RandomAccess.Read(handle, bytes.AsSpan(read), read)) > 0; )
            read += more;
        return read == length ? bytes : null;
    }

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
        _lock.Dispose();
        TryDelete(Path.Combine(_parent, Path.GetFileName(_folder) + LockExtension));
    }
}
