using System.Management.Automation;
using System.Management.Automation.Runspaces;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Pester;

/// <summary>
/// Files of tests/pester that start no process and use no vault: each in a runspace of this process, which takes a
/// fraction of the time of a pwsh and can be debugged.
/// </summary>
/// <remarks>Variables of the environment belong to the process, so nothing runs next to these.</remarks>
[Collection(nameof(HostedPesterTests))]
[CollectionDefinition(nameof(HostedPesterTests), DisableParallelization = true)]
public sealed class HostedPesterTests
{
    private const string Script = """
        param($Path)
        Import-Module Pester -MinimumVersion 5.0 -Global
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $Path
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'None'
        $result = Invoke-Pester -Configuration $configuration
        "passed=$($result.PassedCount)"
        @($result.Failed; $result.FailedBlocks; $result.FailedContainers).ForEach({ "failed=$($_.ExpandedPath): $($_.ErrorRecord)" })
        """;

    internal static IReadOnlyList<string> FileNames { get; } =
    [
        "Get-McpConnector.Tests.ps1",
        "Help.Tests.ps1",
        "Parameters.Tests.ps1",
        "Remove-McpConnector.Tests.ps1",
        "Test-McpManifest.Tests.ps1",
    ];

    public static TheoryData<string> Files() => [.. FileNames];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_file_passes_in_a_hosted_runspace(string file)
    {
        using var home = new TemporaryFolder();
        using var environment = await HostedEnvironment.SetAsync(home);
        var lines = Run(RepositoryRoot.PathOf("tests", "pester", file));

        Assert.DoesNotContain(lines, line => line.StartsWith("failed=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("passed=", StringComparison.Ordinal) && line != "passed=0");
    }

    private static List<string> Run(string file)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var powershell = PowerShell.Create(runspace);
        return [.. powershell.AddScript(Script).AddArgument(file).Invoke<string>()];
    }
}
