namespace McpRuntime.Cmdlets.Processes;

/// <summary>Where programs are looked for by their name.</summary>
/// <param name="Search">Folders of the PATH, in its order.</param>
/// <param name="Shared">
/// Those that every program of the machine has on its PATH, however it was started: what only a shell's profile adds, a
/// client that is started from the desktop does not find.
/// </param>
internal sealed record ProgramFolders(IReadOnlyList<string> Search, IReadOnlyList<string> Shared)
{
    public static ProgramFolders OfThisMachine()
    {
        if (!OperatingSystem.IsWindows())
        {
            // launchd's PATH is shorter than that of a Linux session.
            string[] shared = OperatingSystem.IsMacOS()
                ? ["/usr/bin", "/bin"]
                : ["/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"];
            return new ProgramFolders(Split(Environment.GetEnvironmentVariable("PATH")), shared);
        }
        string[] persisted =
        [
            .. Split(Environment.GetEnvironmentVariable("PATH", EnvironmentVariableTarget.Machine)),
            .. Split(Environment.GetEnvironmentVariable("PATH", EnvironmentVariableTarget.User)),
        ];
        return new ProgramFolders(persisted, persisted);
    }

    /// <summary>The first file of that name, by its full path; null where there is none.</summary>
    public string? Find(string name) => Search.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public bool IsShared(string path) =>
        Shared.Contains(Path.GetDirectoryName(path)!, StringComparer.OrdinalIgnoreCase);

    private static string[] Split(string? path) =>
        [
            .. (path ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(folder => Path.TrimEndingDirectorySeparator(folder.Trim('"')))
                .Where(Path.IsPathFullyQualified),
        ];
}
