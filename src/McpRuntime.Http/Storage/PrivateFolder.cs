namespace McpRuntime.Http.Storage;

/// <summary>Folders and files that only their owner may read.</summary>
internal static class PrivateFolder
{
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes a file private that exists, or makes an empty one that is.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void Protect(string path, bool create)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (File.Exists(path))
            File.SetUnixFileMode(path, Private);
        else if (create)
            new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    UnixCreateMode = Private,
                }
            ).Dispose();
    }

    /// <summary>
    /// Writes a file that is private from its first byte on. On Windows the user's data folder already is.
    /// </summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(unfinished, options))
            stream.Write(content);
        File.Move(unfinished, path, overwrite: true);
    }
}
