using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>Where the tests' PowerShell finds modules: Pester of NuGet first, then those of the machine.</summary>
/// <param name="Path">Its <c>PSModulePath</c>, with the tests' own SecretManagement where none is installed.</param>
/// <param name="Store">The vault module of the tests: SecretStore where it is installed with SecretManagement.</param>
internal sealed record InstalledModules(string Path, string Store, IReadOnlySet<string> Names)
{
    private const string SecretManagement = "Microsoft.PowerShell.SecretManagement";
    private const string SecretStore = "Microsoft.PowerShell.SecretStore";

    private static string Pester => System.IO.Path.Combine(AppContext.BaseDirectory, "modules");

    public bool Has(string name) => Names.Contains(name);

    /// <exception cref="InvalidOperationException">PowerShell cannot be used; the message says why.</exception>
    public static async Task<InstalledModules> FindAsync()
    {
        const string Script = $$"""
            "version=$($PSVersionTable.PSVersion.Major).$($PSVersionTable.PSVersion.Minor)"
            foreach ($need in @{ '{{SecretManagement}}' = '1.1.2'; '{{SecretStore}}' = '1.0.6'; PSScriptAnalyzer = '1.20' }.GetEnumerator()) {
                if (Get-Module -ListAvailable -FullyQualifiedName @{ ModuleName = $need.Key; ModuleVersion = $need.Value }) { "module=$($need.Key)" }
            }
            "path=$env:PSModulePath"
            """;
        var output = await ProcessRunner.RunAsync(
            Pwsh.Command.Program,
            [.. Pwsh.Command.Arguments, "-NoProfile", "-NonInteractive", "-Command", Script],
            new Dictionary<string, string?>
            {
                ["NO_COLOR"] = "1",
                ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
                ["POWERSHELL_UPDATECHECK"] = "Off",
            },
            limit: TimeSpan.FromMinutes(10)
        );
        var answers = output
            .Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains('=', StringComparison.Ordinal))
            .ToLookup(
                line => line[..line.IndexOf('=', StringComparison.Ordinal)],
                line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]
            );
        if (output.ExitCode != 0 || answers["version"].SingleOrDefault() is not { } version)
            throw new InvalidOperationException($"{Pwsh.Command.Program} cannot run the module's tests: {output}");
        if (Version.Parse(version) < new Version(7, 6))
            throw new InvalidOperationException(
                $"{Pwsh.Command.Program} is PowerShell {version}; the module needs 7.6. Unset MCP_RUNTIME_TEST_PWSH to use the repository's."
            );
        var names = answers["module"].ToHashSet(StringComparer.Ordinal);
        var isManaged = names.Contains(SecretManagement);
        string[] folders =
        [
            Pester,
            StandIn("vaults"),
            .. isManaged ? Array.Empty<string>() : [StandIn("secret-management")],
            answers["path"].Single(),
        ];
        return new InstalledModules(
            string.Join(System.IO.Path.PathSeparator, folders),
            isManaged && names.Contains(SecretStore) ? SecretStore : "TestStore",
            names
        );
    }

    private static string StandIn(string folder) => RepositoryRoot.PathOf("tests", "stand-ins", folder);
}
