using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Files;

namespace McpRuntime.Locks;

/// <summary>The file of a lock.</summary>
internal static class LockFile
{
    private const long MostBytes = 512L * 1024 * 1024;

    /// <exception cref="FindingsException">It is not there, cannot be read, or is not a lock.</exception>
    public static ToolLock Read(string path) => Read(path, start: null, out _);

    /// <param name="path">The lock.</param>
    /// <param name="start">What may be made of it; null for nothing.</param>
    /// <param name="objection">Why nothing was made of it; null where it was, or there is none.</param>
    /// <exception cref="FindingsException">It is not there, cannot be read, or is not a lock.</exception>
    internal static ToolLock Read(string path, LockStart? start, out string? objection)
    {
        objection = null;
        try
        {
            var content = ReadAll(path);
            var hash = Sha256Text.Of(content.Span);
            var full = Path.GetFullPath(path);
            // Of these very bytes someone has checked all hashes: they are read when a tool is compared with them.
            return start is not null && (objection = start.Objection(hash)) is null
                ? new ToolLock(full, () => Parse(path, content), hash, start)
                : new ToolLock(full, LockJson.Read(content), hash);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Writes next to the target, then renames over it. Others may read it: it holds no secret.</summary>
    /// <exception cref="FindingsException">It cannot be written.</exception>
    internal static void Save(string what, string path, ReadOnlySpan<byte> content)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Replace(path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FindingsException([
                new Finding(
                    LockRules.Unreadable,
                    FindingSeverity.Error,
                    $"{what} cannot be saved as '{path}': {exception.Message}"
                )
                {
                    Source = path,
                },
            ]);
        }
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(string path)
    {
        using var file = RegularFile.OpenRead(path);
        if (file.Length > MostBytes)
            throw new FormatException($"it has {CountText.Of(file.Length, "byte")}, and {MostBytes} is the limit");
        var content = GC.AllocateUninitializedArray<byte>((int)file.Length);
        var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content.AsMemory(0, read);
    }

    private static IReadOnlyDictionary<string, LockedConnector> Parse(string path, ReadOnlyMemory<byte> content)
    {
        try
        {
            return LockJson.Read(content);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static FindingsException Unreadable(string path, Exception exception) =>
        new([
            new Finding(
                LockRules.Unreadable,
                FindingSeverity.Error,
                $"The lock '{path}' cannot be read: {exception.Message.TrimEnd('.')}. Without it no tool is served; "
                    + "'mcp-runtime lock' or Update-McpLock makes one."
            )
            {
                Source = path,
            },
        ]);
}
