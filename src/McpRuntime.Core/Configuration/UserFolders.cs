namespace McpRuntime.Configuration;

/// <summary>Where the user's own data is kept when no setting says otherwise.</summary>
internal static class UserFolders
{
    /// <summary>
    /// <c>%LOCALAPPDATA%\McpRuntime</c> on Windows, <c>~/Library/Application Support/McpRuntime</c> on macOS,
    /// <c>$XDG_DATA_HOME/mcp-runtime</c> (or <c>~/.local/share/mcp-runtime</c>) elsewhere, as the XDG Base Directory
    /// Specification says: a relative XDG_DATA_HOME is ignored.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Data(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Folder(Environment.SpecialFolder.LocalApplicationData), "McpRuntime");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(Home(variable), "Library", "Application Support", "McpRuntime");
        var shared = variable("XDG_DATA_HOME");
        return shared is { Length: > 0 } && Path.IsPathRooted(shared)
            ? Path.Combine(shared, "mcp-runtime")
            : Path.Combine(Home(variable), ".local", "share", "mcp-runtime");
    }

    /// <summary>
    /// For what can be made again: <c>%LOCALAPPDATA%\McpRuntime\Cache</c> on Windows,
    /// <c>~/Library/Caches/McpRuntime</c> on macOS, <c>$XDG_CACHE_HOME/mcp-runtime</c> (or <c>~/.cache/mcp-runtime</c>)
    /// elsewhere; a relative XDG_CACHE_HOME is ignored.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Cache(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Folder(Environment.SpecialFolder.LocalApplicationData), "McpRuntime", "Cache");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(Home(variable), "Library", "Caches", "McpRuntime");
        var shared = variable("XDG_CACHE_HOME");
        return shared is { Length: > 0 } && Path.IsPathRooted(shared)
            ? Path.Combine(shared, "mcp-runtime")
            : Path.Combine(Home(variable), ".cache", "mcp-runtime");
    }

    private static string Home(Func<string, string?> variable) =>
        variable("HOME") is { Length: > 0 } home ? home : Folder(Environment.SpecialFolder.UserProfile);

    private static string Folder(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}
