using System.Text.RegularExpressions;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>
/// What build.ps1 packs, installed from a repository as a user does, in a home that has nothing else of ours.
/// </summary>
public sealed class PackageTests
{
    private const string Pack = """
        $ErrorActionPreference = 'Stop'
        & (Join-Path $env:TEST_ROOT 'build.ps1') Build, Package -Rid @() -Output (Join-Path $env:TEST_HOME 'out') | Out-Null
        # Where the real one is not installed, the tests' own is what the package depends on.
        $management = Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement | Sort-Object Version | Select-Object -Last 1
        Compress-PSResource -Path $management.ModuleBase -DestinationPath (Join-Path $env:TEST_HOME 'out') -SkipModuleManifestValidate
        """;

    private const string Install = """
        $ErrorActionPreference = 'Stop'
        Register-PSResourceRepository -Name Feed -Uri $env:TEST_FEED -ApiVersion V3 -Trusted
        $found = Find-PSResource -Name McpRuntime -Repository Feed
        "found: $($found.Name) $($found.Version) with $($found.Dependencies.Name) $($found.Dependencies.VersionRange.MinVersion)"
        Install-PSResource -Name McpRuntime -Repository Feed
        "installed: $((Get-InstalledPSResource).Name | Sort-Object)"
        """;

    private const string Use = """
        $ErrorActionPreference = 'Stop'
        Import-Module McpRuntime
        $module = Get-Module McpRuntime
        $tested = Test-ModuleManifest (Join-Path $module.ModuleBase 'McpRuntime.psd1')
        "missing: $($tested.FileList.Where({ -not (Test-Path $_) }).Count)"
        "required: $($tested.RequiredModules.Count)"
        "commands: $((Get-Command -Module McpRuntime).Count) of $($tested.ExportedCmdlets.Count)"
        "gateway: $(Test-Path (Join-Path $module.ModuleBase 'gateway/mcp-runtime-http.dll'))"
        "help: $((Get-Help Import-McpConnector).Examples.Example.Count -gt 0)"
        Register-SecretVault -Name Store -ModuleName $env:TEST_STORE -DefaultVault
        $document = '{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"servers":[{"url":"https://shop.test"}],"components":{"securitySchemes":{"key":{"type":"http","scheme":"bearer"}}},"security":[{"key":[]}],"paths":{"/a":{"get":{"operationId":"a","responses":{"200":{"description":"A."}}}}}}'
        $null = Import-McpConnector -Text $document -Name shop
        # An update puts another version next to this one, or in its place.
        $entry = Register-McpClient -ConfigurationPath (Join-Path $env:TEST_HOME 'mcp.json')
        "entry: $($entry.Arguments[-1])"
        "vault: $((Set-McpCredential shop -BearerToken (ConvertTo-SecureString -AsPlainText t) -PassThru).Vault)"
        """;

    private const string Update = """
        $ErrorActionPreference = 'Stop'
        $installed = (Get-Module -ListAvailable McpRuntime).ModuleBase
        $updated = Join-Path (Split-Path $installed) '99.0.0'
        Move-Item $installed $updated
        $manifest = Join-Path $updated 'McpRuntime.psd1'
        (Get-Content -Raw $manifest) -replace "(?m)^(    ModuleVersion\s*= )'[^']*'", "`$1'99.0.0'" | Set-Content $manifest
        $entry = (Get-Content -Raw (Join-Path $env:TEST_HOME 'mcp.json') | ConvertFrom-Json).servers.'mcp-runtime'
        $hello = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}'
        "answer: $($hello | & $entry.command $entry.args)"
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_package_can_be_found_installed_with_what_it_needs_and_used()
    {
        using var home = new TemporaryFolder();
        var environment = await Pwsh.EnvironmentAsync(home.Path);
        environment["TEST_ROOT"] = RepositoryRoot.Path;
        // The packages that this machine has; the home is another one.
        environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        environment["DOTNET_CLI_HOME"] = home.Path;
        environment["DOTNET_NOLOGO"] = environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        await RunAsync(home, Pack, environment);
        using var feed = new PackageFeed(home.PathOf("out"));
        environment["TEST_FEED"] = feed.Index.AbsoluteUri;
        // A user's own modules, and of the tests' only the vault.
        environment["PSModulePath"] = RepositoryRoot.PathOf("tests", "stand-ins", "vaults");

        var installed = await RunAsync(home, Install, environment);
        var used = await RunAsync(home, Use, environment);
        var updated = await RunAsync(home, Update, environment);

        var manifest = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "McpRuntime.psd1"), Cancellation);
        var version = Regex.Match(manifest, @"(?m)^\s*ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value;
        Assert.Contains(
            $"found: McpRuntime {version} with {SecretVault.ModuleName} {SecretVault.ModuleVersion}",
            installed,
            StringComparison.Ordinal
        );
        Assert.Contains($"installed: McpRuntime {SecretVault.ModuleName}", installed, StringComparison.Ordinal);
        Assert.Contains("missing: 0", used, StringComparison.Ordinal);
        Assert.Contains("required: 0", used, StringComparison.Ordinal);
        Assert.Matches(@"commands: (\d+) of \1\b", used);
        Assert.Contains("gateway: True", used, StringComparison.Ordinal);
        Assert.Contains("help: True", used, StringComparison.Ordinal);
        Assert.Contains("vault: Store", used, StringComparison.Ordinal);
        Assert.Contains("entry: Import-Module McpRuntime; Start-McpRuntime", used, StringComparison.Ordinal);
        Assert.Contains("\"serverInfo\"", updated, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(
        TemporaryFolder home,
        string script,
        Dictionary<string, string?> environment
    )
    {
        var output = await Pwsh.RunAsync(home.Path, ["-Command", script], Cancellation, environment);
        if (output.ExitCode != 0)
            Assert.Fail(output.ToString());
        return output.Out;
    }
}
