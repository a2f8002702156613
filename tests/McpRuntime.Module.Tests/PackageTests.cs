using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>What build.ps1 packs, installed from a repository as a person would, in a pwsh that has nothing else of ours.</summary>
public sealed class PackageTests
{
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        & (Join-Path $env:TEST_ROOT 'build.ps1') Build, Package -Rid @() -Output (Join-Path $env:TEST_HOME 'out') | Out-Null
        $feed = New-Item -ItemType Directory (Join-Path $env:TEST_HOME 'feed')
        $modules = New-Item -ItemType Directory (Join-Path $env:TEST_HOME 'modules')
        Register-PSResourceRepository -Name Feed -Uri $feed.FullName -Trusted
        Publish-PSResource -NupkgPath (Get-Item (Join-Path $env:TEST_HOME 'out/*.nupkg')).FullName -Repository Feed
        $found = Find-PSResource -Name McpRuntime -Repository Feed
        "found: $($found.Name) $($found.Version) with $($found.Dependencies.Name)"
        Save-PSResource -Name McpRuntime -Repository Feed -Path $modules.FullName -SkipDependencyCheck
        $module = Get-Item (Join-Path $modules 'McpRuntime/*/McpRuntime.psd1')
        $tested = Test-ModuleManifest $module.FullName
        "missing: $($tested.FileList.Where({ -not (Test-Path $_) }).Count)"
        Import-Module $module.FullName
        "commands: $((Get-Command -Module McpRuntime).Count) of $($tested.ExportedCmdlets.Count)"
        "gateway: $(Test-Path (Join-Path $module.Directory 'gateway/mcp-runtime-http.dll'))"
        "help: $((Get-Help Import-McpConnector).Examples.Example.Count -gt 0)"
        """;

    [Fact]
    public async Task The_package_can_be_published_found_installed_and_used()
    {
        using var home = new TemporaryFolder();
        var environment = await Pwsh.EnvironmentAsync(home.Path);
        environment["TEST_ROOT"] = RepositoryRoot.Path;
        // The packages that this machine has; the home is another one.
        environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        environment["DOTNET_CLI_HOME"] = home.Path;
        environment["DOTNET_NOLOGO"] = environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        var output = await Pwsh.RunAsync(home.Path, ["-Command", Script], TestContext.Current.CancellationToken, environment);

        if (output.ExitCode != 0)
            Assert.Fail(output.ToString());
        var version = System.Text.RegularExpressions.Regex.Match(
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "McpRuntime.psd1"), TestContext.Current.CancellationToken), @"(?m)^\s*ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value;
        Assert.Contains($"found: McpRuntime {version} with Microsoft.PowerShell.SecretManagement", output.Out, StringComparison.Ordinal);
        Assert.Contains("missing: 0", output.Out, StringComparison.Ordinal);
        Assert.Matches(@"commands: (\d+) of \1\b", output.Out);
        Assert.Contains("gateway: True", output.Out, StringComparison.Ordinal);
        Assert.Contains("help: True", output.Out, StringComparison.Ordinal);
    }
}
