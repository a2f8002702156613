using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Pester;

/// <summary>
/// The files of tests/pester, each in a pwsh for itself: assemblies cannot be unloaded, so a session that has imported
/// the module once is no longer a fresh one. Those that need no fresh session are in <see cref="HostedPesterTests"/>.
/// </summary>
internal static class PesterFile
{
    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "pester");

    // What a file tests, where no registry of .NET has it.
    private static readonly Dictionary<string, string> Needs = new(StringComparer.Ordinal)
    {
        ["ScriptAnalyzer.Tests.ps1"] = "PSScriptAnalyzer",
        ["SecretStore.Tests.ps1"] = "Microsoft.PowerShell.SecretStore",
    };

    /// <summary>The names of those that a class runs; the classes run next to each other.</summary>
    public static TheoryData<string> Where(Predicate<string> isOfClass) =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.Tests.ps1")
                .Select(file => Path.GetFileName(file)!)
                .Except(HostedPesterTests.FileNames)
                .Where(name => isOfClass(name))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Whether a file is named after a command, as in <c>Get-McpTool.Tests.ps1</c>.</summary>
    public static bool IsOfCommand(string name) => name.Contains('-', StringComparison.Ordinal);

    public static async Task AssertPassesAsync(string name)
    {
        if (Needs.TryGetValue(name, out var module))
            await Pwsh.RequireModuleAsync(module);
        using var home = new TemporaryFolder();

        var output = await Pwsh.RunAsync(
            home.Path,
            ["-File", Path.Combine(Folder, "Invoke-TestFile.ps1"), Path.Combine(Folder, name)],
            TestContext.Current.CancellationToken
        );

        TestContext.Current.TestOutputHelper?.WriteLine(output.Out);
        if (output.ExitCode != 0)
            Assert.Fail(output.ToString());
    }
}
