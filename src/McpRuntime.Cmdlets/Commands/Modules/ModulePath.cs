using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The folders in which this session finds modules by name (<c>$env:PSModulePath</c>).</summary>
internal sealed class ModulePath(string? variable)
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    public static ModulePath OfSession => new(Environment.GetEnvironmentVariable("PSModulePath"));

    /// <summary>In the order in which they are searched.</summary>
    public IReadOnlyList<string> Folders { get; } =
    [
        .. (variable ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
    ];

    /// <summary>Modules of the folder are found by their name.</summary>
    public bool Has(string folder) =>
        Folders.Any(own => own.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), Comparison));

    /// <summary>The module McpRuntime in a folder is the one that a command of another module brings.</summary>
    public bool Finds(string runtime) => InstalledModule.IsFoundByName(runtime, Folders);

    /// <summary>
    /// The folder of a connector's module: where it is already, else the one that is the user's alone, which a new
    /// session searches also where this one does not.
    /// </summary>
    public ModuleFolder FolderOf(string name, ModuleMarker marker) =>
        Folders
            .Select(folder => new ModuleFolder(Path.Combine(folder, name), name))
            .FirstOrDefault(folder => folder.IsOf(marker))
        ?? new ModuleFolder(Path.Combine(InstalledModule.UserFolder, name), name);
}
