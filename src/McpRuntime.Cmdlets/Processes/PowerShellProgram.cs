namespace McpRuntime.Cmdlets.Processes;

/// <summary>How the PowerShell that runs now is started again.</summary>
/// <param name="Executable">Full path of the program, or <c>pwsh</c> where only the PATH can tell.</param>
/// <param name="Arguments">What comes before PowerShell's own arguments; empty unless the program is
/// <c>dotnet</c>.</param>
internal sealed record PowerShellProgram(string Executable, IReadOnlyList<string> Arguments)
{
    private static string Name => OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    /// <summary>
    /// For a child of this process: the process that is started is PowerShell itself. The launcher of the .NET tool is
    /// not used, since ending it leaves the PowerShell that it started.
    /// </summary>
    /// <param name="home">PowerShell's <c>$PSHOME</c>.</param>
    /// <param name="processPath">The running program, <see cref="Environment.ProcessPath"/>.</param>
    public static PowerShellProgram ForChild(string home, string? processPath)
    {
        // As a .NET tool PowerShell runs by dotnet, wherever that is; the executable of its package looks for .NET by
        // itself.
        var assembly = Path.Combine(home, "pwsh.dll");
        if (IsDotnet(processPath) && File.Exists(assembly))
            return new PowerShellProgram(processPath!, [assembly]);
        var installed = Path.Combine(home, Name);
        return new PowerShellProgram(File.Exists(installed) ? installed : Name, []);
    }

    /// <summary>
    /// For a client's configuration: <c>pwsh</c> where that is this PowerShell, else a path that an update leaves valid
    /// where there is one. The versioned folders of a Microsoft Store package and of a .NET tool are replaced by
    /// updates; their alias and launcher, and links on the PATH, are not.
    /// </summary>
    /// <param name="home">PowerShell's <c>$PSHOME</c>.</param>
    /// <param name="processPath">The running program, <see cref="Environment.ProcessPath"/>.</param>
    /// <param name="folders">Where a client looks for programs.</param>
    public static PowerShellProgram ForEntry(string home, string? processPath, ProgramFolders folders)
    {
        var program = (StoreAlias(home) ?? ToolLauncher(home)) is { } stable
            ? new PowerShellProgram(stable, [])
            : ForChild(home, processPath);
        if (
            program.Arguments.Count > 0
            || folders.Find(Name) is not { } found
            || Target(found) != Target(program.Executable)
        )
            return program;
        return program with { Executable = folders.IsShared(found) ? "pwsh" : found };
    }

    private static string? StoreAlias(string home)
    {
        if (!OperatingSystem.IsWindows() || !home.Contains(@"\WindowsApps\", StringComparison.OrdinalIgnoreCase))
            return null;
        var alias = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
            "Microsoft",
            "WindowsApps",
            Name
        );
        return File.Exists(alias) ? alias : null;
    }

    // dotnet tool install keeps the packages in .store, next to the launchers.
    private static string? ToolLauncher(string home)
    {
        for (var folder = new DirectoryInfo(home); folder?.Parent is { } parent; folder = parent)
        {
            var launcher = Path.Combine(parent.FullName, Name);
            if (folder.Name == ".store" && File.Exists(launcher))
                return launcher;
        }
        return null;
    }

    private static string Target(string file) =>
        File.Exists(file)
            ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file)
            : file;

    private static bool IsDotnet(string? path) =>
        Path.GetFileNameWithoutExtension(path) is { } name && name.Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
