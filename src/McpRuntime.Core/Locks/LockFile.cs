using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Files;

namespace McpRuntime.Locks;

/// <summary>The file of a lock.</summary>
public static class LockFile
{
    private const long MostBytes = 512L * 1024 * 1024;

    /// <exception cref="FindingsException">It is not there, cannot be read, or is not a lock.</exception>
    public static ToolLock Read(string path)
    {
        try
        {
            using var file = RegularFile.OpenRead(path);
            if (file.Length > MostBytes)
                throw new FormatException($"it has {CountText.Of(file.Length, "byte")}, and {MostBytes} is the limit");
            var content = new byte[file.Length];
            var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return new ToolLock(Path.GetFullPath(path), LockJson.Read(content.AsMemory(0, read)));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Writes next to the target, then renames over it. Others may read it: it holds no secret.</summary>
    /// <exception cref="FindingsException">It cannot be written.</exception>
    public static void Write(ToolLock reviewed)
    {
        ArgumentNullException.ThrowIfNull(reviewed);
        var temporary = $"{reviewed.Path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(reviewed.Path)!);
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(LockJson.Write(reviewed).Span);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, reviewed.Path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new FindingsException([
                new Finding(
                    LockRules.Unreadable,
                    FindingSeverity.Error,
                    $"The lock cannot be saved as '{reviewed.Path}': {exception.Message}"
                )
                {
                    Source = reviewed.Path,
                },
            ]);
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
