using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>
/// Each file of tests/pester is one test, in a pwsh of its own: assemblies cannot be unloaded, so a session that has
/// imported the module once is no longer a fresh one. Those that need no fresh session are in
/// <see cref="HostedPesterTests"/>.
/// </summary>
public sealed class PesterTests
{
    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "pester");

    // What a file tests, where no registry of .NET has it.
    private static readonly Dictionary<string, string> Needs = new(StringComparer.Ordinal)
    {
        ["ScriptAnalyzer.Tests.ps1"] = "PSScriptAnalyzer",
        ["SecretStore.Tests.ps1"] = "Microsoft.PowerShell.SecretStore",
    };

    public static TheoryData<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.Tests.ps1")
                .Select(file => Path.GetFileName(file)!)
                .Except(HostedPesterTests.FileNames)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_file_passes(string file)
    {
        if (Needs.TryGetValue(file, out var module))
            await Pwsh.RequireModuleAsync(module);
        using var home = new TemporaryFolder();

        var output = await Pwsh.RunAsync(
            home.Path,
            ["-File", Path.Combine(Folder, "Invoke-TestFile.ps1"), Path.Combine(Folder, file)],
            TestContext.Current.CancellationToken
        );

        TestContext.Current.TestOutputHelper?.WriteLine(output.Out);
        if (output.ExitCode != 0)
            Assert.Fail(output.ToString());
    }
}
