namespace McpRuntime.Module.Tests;

/// <summary>
/// A command <c>pwsh</c> for scripts that start one by its name: the same PowerShell, as the same process.
/// </summary>
internal static class PwshOnPath
{
    /// <summary>The folder for the PATH; null where a PowerShell with an executable of its own is used.</summary>
    public static string? Folder { get; } =
        Pwsh.Command is (var program, [var assembly]) ? Create(program, assembly) : null;

    private static string Create(string program, string assembly)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "pwsh-on-path");
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(folder, "pwsh.cmd"), $"@\"{program}\" \"{assembly}\" %*\r\n");
            return folder;
        }
        var launcher = Path.Combine(folder, "pwsh");
        File.WriteAllText(launcher, $"#!/bin/sh\nexec '{program}' '{assembly}' \"$@\"\n");
        File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
