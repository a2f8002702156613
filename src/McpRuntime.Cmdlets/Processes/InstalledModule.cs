namespace McpRuntime.Cmdlets.Processes;

/// <summary>This module as a new PowerShell session finds it by its name.</summary>
internal static class InstalledModule
{
    public const string Name = "McpRuntime";

    /// <summary>
    /// <c>Import-Module McpRuntime</c> in a session that a client starts loads the module of a folder. What this
    /// session, or a profile, added to the module path does not count: the client's session does not have it.
    /// </summary>
    /// <param name="folder">The module that runs now, <c>ModuleBase</c>.</param>
    /// <param name="home">PowerShell's <c>$PSHOME</c>.</param>
    public static bool IsFoundByName(string folder, string home) => IsFoundByName(folder, ModulePath(home));

    /// <param name="folder">The module's folder.</param>
    /// <param name="modulePath">Folders of modules: the first that has the module counts, with its highest
    /// version.</param>
    public static bool IsFoundByName(string folder, IEnumerable<string> modulePath)
    {
        foreach (var modules in modulePath)
        {
            if (FoundIn(Path.Combine(modules, Name)) is { } found)
                return IsSame(found, folder);
        }
        return false;
    }

    /// <summary>Where modules are that a user installs for no one else (scope CurrentUser).</summary>
    public static string UserFolder =>
        OperatingSystem.IsWindows()
            ? ModulesIn(Environment.SpecialFolder.MyDocuments, "PowerShell")
            : ModulesIn(Environment.SpecialFolder.LocalApplicationData, "powershell");

    // about_PSModulePath, "PowerShell PSModulePath construction".
    private static IEnumerable<string> ModulePath(string home)
    {
        if (!OperatingSystem.IsWindows())
            return [UserFolder, "/usr/local/share/powershell/Modules", Path.Combine(home, "Modules")];
        var machine = Environment.GetEnvironmentVariable("PSModulePath", EnvironmentVariableTarget.Machine) ?? "";
        return
        [
            UserFolder,
            ModulesIn(Environment.SpecialFolder.ProgramFiles, "PowerShell"),
            Path.Combine(home, "Modules"),
            .. machine.Split(
                Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            ),
        ];
    }

    private static string ModulesIn(Environment.SpecialFolder folder, string product) =>
        Path.Combine(
            Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify),
            product,
            "Modules"
        );

    private static string? FoundIn(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        var versions = Directory
            .EnumerateDirectories(folder)
            .Where(HasManifest)
            .Select(path =>
                (Path: path, Version: Version.TryParse(Path.GetFileName(path), out var version) ? version : null)
            )
            .Where(found => found.Version is not null)
            .ToList();
        return versions.Count > 0 ? versions.MaxBy(found => found.Version).Path
            : HasManifest(folder) ? folder
            : null;
    }

    private static bool HasManifest(string folder) => File.Exists(Path.Combine(folder, Name + ".psd1"));

    private static bool IsSame(string left, string right) =>
        string.Equals(
            Target(left),
            Target(right),
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    private static string Target(string folder) =>
        Path.TrimEndingDirectorySeparator(
            Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder)
        );
}
