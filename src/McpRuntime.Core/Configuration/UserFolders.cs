namespace McpRuntime.Configuration;

/// <summary>Where the user's own data is kept when no setting says otherwise.</summary>
public static class UserFolders
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
        var home = variable("HOME") is { Length: > 0 } set ? set : Folder(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Application Support", "McpRuntime");
        var shared = variable("XDG_DATA_HOME");
        return shared is { Length: > 0 } && Path.IsPathRooted(shared)
            ? Path.Combine(shared, "mcp-runtime")
            : Path.Combine(home, ".local", "share", "mcp-runtime");
    }

    private static string Folder(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
}
