using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The module's package, installed and used as a user does, in a home that has nothing else.</summary>
public sealed class ModulePackageTests : IDisposable
{
    private const string Key = "a secret of the shop";
    private const string SecretManagement = "Microsoft.PowerShell.SecretManagement";

    // The tests' own SecretManagement gets the name and version of the one that the package depends on.
    private const string Publish = """
        Register-PSResourceRepository -Name Folder -Uri $env:TEST_FEED
        Compress-PSResource -Path $env:TEST_SECRET_MANAGEMENT -DestinationPath $env:TEST_PACKED
        foreach ($package in (Get-Item "$env:TEST_PACKED/*.nupkg"), $env:TEST_PACKAGE) {
            Publish-PSResource -NupkgPath $package -Repository Folder -ApiKey $env:TEST_KEY -SkipDependenciesCheck
        }
        """;

    private const string InstallFromFolder = """
        Install-PSResource Microsoft.PowerShell.SecretManagement, McpRuntime -Repository Folder -TrustRepository
        """;

    private const string InstallFromGallery = """
        Register-PSResourceRepository -Name Gallery -Uri $env:TEST_GALLERY -ApiVersion V3
        Install-PSResource McpRuntime -Repository Gallery -TrustRepository
        """;

    private const string Inspect = """
        $module = Import-Module McpRuntime -PassThru
        $tested = Test-ModuleManifest (Join-Path $module.ModuleBase 'McpRuntime.psd1')
        "version: $($tested.Version)"
        "required: $($tested.RequiredModules.Count)"
        $commands = Get-Command -Module McpRuntime
        "commands: $($commands.Count) of $($tested.ExportedCmdlets.Count)"
        "without help: $($commands.Where({ $help = Get-Help $_ -Full; $help.Synopsis -notlike '*.' -or -not @($help.examples.example).Count }))"
        "about: $((Get-Help about_McpRuntime).Length -gt 100)"
        "assemblies: $([AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'McpRuntime.Core' }).Location)"
        """;

    private const string Use = """
        Register-SecretVault -Name Store -ModuleName $env:TEST_STORE -DefaultVault
        $null = Import-McpConnector $env:TEST_DOCUMENT -Name shop -Prefix Shop -AllowPrivate
        "vault: $((Set-McpCredential shop -ApiKey (ConvertTo-SecureString -AsPlainText $env:TEST_KEY) -PassThru).Vault)"
        "pet: $((Get-ShopPet).name)"
        "added: $((Add-ShopPet -Name Tom -Species cat -PriceCents 1 -Confirm:$false).id)"
        $gateway = Start-McpRuntime -Transport Http -Port 0
        "gateway: $((Get-McpTool -Runtime $gateway).Name -contains 'add_pet')"
        Stop-McpRuntime $gateway
        $null = Register-McpClient -ConfigurationPath (Join-Path $HOME 'mcp.json')
        """;

    // An update puts another version next to this one, or in its place.
    private const string Update = """
        $installed = (Get-Module -ListAvailable McpRuntime).ModuleBase
        $updated = Join-Path (Split-Path $installed) '99.0.0'
        Move-Item $installed $updated
        $manifest = Join-Path $updated 'McpRuntime.psd1'
        $text = (Get-Content -Raw $manifest) -replace "(?m)^(    ModuleVersion\s*= )'[^']*'", "`$1'99.0.0'"
        Set-Content -LiteralPath $manifest -Value $text
        """;

    private readonly EmptyPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Installed_from_a_gallery_it_brings_what_it_needs_and_calls_an_API()
    {
        await PublishAsync();
        using var gallery = new ModuleFeed(_place.PathOf("feed"));
        _place.Set("TEST_GALLERY", gallery.Index.AbsoluteUri);
        await using var shop = PetShopServer.Start(Key);
        _place.Set("TEST_DOCUMENT", shop.DocumentUrl);
        _place.Set("TEST_STORE", RepositoryRoot.PathOf("tests", "stand-ins", "vaults", "TestStore"));
        _place.Set("MCP_RUNTIME_ALLOWED_NETWORKS", "127.0.0.0/8");
        await FreshPwsh.OutputAsync(_place, "install", InstallFromGallery);

        var used = await FreshPwsh.OutputAsync(_place, "use", Use);

        Assert.Contains("vault: Store", used, StringComparison.Ordinal);
        Assert.Contains("pet: Rex", used, StringComparison.Ordinal);
        Assert.Contains("added: 9007199254740995", used, StringComparison.Ordinal);
        Assert.Contains("gateway: True", used, StringComparison.Ordinal);
        // A client starts the server as the entry that the module wrote says, in another PowerShell, also after an update.
        await FreshPwsh.OutputAsync(_place, "update", Update);
        var entry = System.Text.Json.JsonElement.Parse(
            await File.ReadAllTextAsync(_place.PathOf("mcp.json"), TestContext.Current.CancellationToken)
        );
        var server = entry.GetProperty("servers").GetProperty("mcp-runtime");
        var call = await McpCall.SendAsync(
            _place,
            server.GetProperty("command").GetString()!,
            server.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!),
            "list_pets",
            new Dictionary<string, object?>()
        );
        Assert.Contains("Rex", call.Answer, StringComparison.Ordinal);
        Assert.Contains("add_pet", call.Tools);
    }

    [Fact]
    public async Task Published_to_a_folder_and_installed_from_it_every_command_has_help()
    {
        await PublishAsync();
        await FreshPwsh.OutputAsync(_place, "install", InstallFromFolder);

        var found = await FreshPwsh.OutputAsync(_place, "inspect", Inspect);

        Assert.Contains($"version: {ReleaseOutput.Version}", found, StringComparison.Ordinal);
        Assert.Contains("required: 0", found, StringComparison.Ordinal);
        Assert.Matches(@"commands: ([1-9]\d+) of \1\b", found);
        Assert.Matches(@"(?m)^without help: \r?$", found);
        Assert.Contains("about: True", found, StringComparison.Ordinal);
        // Those that were compiled ahead of time for this platform.
        Assert.Contains(
            Path.Combine("bin", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier),
            found,
            StringComparison.Ordinal
        );
    }

    private async Task PublishAsync()
    {
        _place.Set("TEST_FEED", Directory.CreateDirectory(_place.PathOf("feed")).FullName);
        _place.Set("TEST_PACKED", Directory.CreateDirectory(_place.PathOf("packed")).FullName);
        _place.Set("TEST_PACKAGE", ReleaseOutput.PathOf("gallery/McpRuntime.VERSION.nupkg"));
        _place.Set(
            "TEST_SECRET_MANAGEMENT",
            RepositoryRoot.PathOf("tests", "stand-ins", "secret-management", SecretManagement)
        );
        _place.Set("TEST_KEY", Key);
        await FreshPwsh.OutputAsync(_place, "publish", Publish);
    }
}
