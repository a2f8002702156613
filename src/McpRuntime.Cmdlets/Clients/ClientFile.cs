using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>A client's configuration file: read whole, backed up, replaced in one step.</summary>
internal static class ClientFile
{
    // A configuration of servers; anything larger is something else.
    private const long LargestFile = 16 * 1024 * 1024;

    /// <summary>The bytes; empty for a file that is not there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return [];
        if (file.Length > LargestFile)
            throw new IOException(
                $"The file has {CountText.Of(file.Length, "byte")}, which is too large for a client configuration."
            );
        return File.ReadAllBytes(path);
    }

    /// <summary>
    /// Replaces the file at once, so that a client never reads half of it, and keeps the former bytes next to it as
    /// <c>*.bak</c>. A link, as managers of dotfiles make them, stays one: its target is replaced.
    /// </summary>
    /// <returns>Path of the backup; null where nothing was there.</returns>
    public static string? Replace(string path, byte[] before, byte[] after)
    {
        var target = Path.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string? backup = null;
        if (before.Length > 0)
        {
            backup = path + ".bak";
            File.Copy(target, backup, overwrite: true);
        }
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            // The temporary file itself.
#pragma warning disable RS0030
            File.WriteAllBytes(temporary, after);
#pragma warning restore RS0030
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        return backup;
    }
}
