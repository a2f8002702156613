using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The .NET tools, installed from the release's packages and used, where only the SDK is.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly EmptyPlace _place = new();

    public ToolPackageTests() => _place.UseFeed(ReleaseOutput.PathOf("nuget"));

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_installed_console_imports_a_document_and_serves_its_tools()
    {
        await using var shop = PetShopServer.Start();
        await _place.OutputAsync("dotnet", "tool", "install", "-g", "McpRuntime");

        var version = await _place.OutputAsync("mcp-runtime", "--version");
        await ImportAsync(shop, "mcp-runtime");
        var call = await ListPetsAsync("mcp-runtime", "serve");

        Assert.StartsWith(ReleaseOutput.Version, version, StringComparison.Ordinal);
        Assert.Equal(ReleaseOutput.Version, call.Server?.Version);
        Assert.Contains("Rex", call.Answer, StringComparison.Ordinal);
        Assert.Single(shop.Calls);
    }

    [Fact]
    public async Task The_Inspector_calls_a_tool_of_the_installed_console()
    {
        // Its command line expects to lie in the Inspector's package, two folders below that one's package.json.
        var inspector = NodePackage.PathOf("@modelcontextprotocol", "inspector-cli");
        _place.Write("inspector/package.json", """{"name":"inspector","version":"1.0.3"}""");
        Directory.CreateSymbolicLink(_place.PathOf("inspector", "cli"), inspector);
        Directory.CreateSymbolicLink(_place.PathOf("inspector", "node_modules"), NodePackage.Folder);
        await using var shop = PetShopServer.Start();
        await _place.OutputAsync("dotnet", "tool", "install", "-g", "McpRuntime");
        await ImportAsync(shop, "mcp-runtime");

        string[] call = ["--method", "tools/call", "--tool-name", "list_pets"];
        var answer = await _place.OutputAsync(
            NodePackage.Node,
            [
                "--preserve-symlinks",
                "--preserve-symlinks-main",
                _place.PathOf("inspector", "cli", "build", "index.js"),
                "mcp-runtime",
                "serve",
                .. call,
            ]
        );

        Assert.Contains("Rex", answer, StringComparison.Ordinal);
        Assert.Single(shop.Calls);
    }

    // As the package's page tells clients to start it.
    [Fact]
    public async Task Nothing_has_to_be_installed_for_dnx()
    {
        await using var shop = PetShopServer.Start();
        string[] start = [$"McpRuntime@{ReleaseOutput.Version}", "--yes", "--"];

        await ImportAsync(shop, "dnx", start);
        var call = await ListPetsAsync("dnx", [.. start, "serve", "--hot-reload"]);

        Assert.Contains("Rex", call.Answer, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.ToolsFolder));
    }

    [Fact]
    public async Task The_portable_package_runs_on_any_machine()
    {
        using (var package = new ToolPackage(ReleaseOutput.PathOf("nuget/McpRuntime.any.VERSION.nupkg")))
            package.ExtractTo(_place.PathOf("package"));

        var version = await _place.OutputAsync(
            "dotnet",
            _place.PathOf("package", "tools", "net10.0", "any", "mcp-runtime.dll"),
            "--version"
        );

        Assert.StartsWith(ReleaseOutput.Version, version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installed_gateway_starts_and_tells_its_health()
    {
        await _place.OutputAsync("dotnet", "tool", "install", "-g", "McpRuntime.Http");
        _place.Set("MCP_RUNTIME_PORT", "0");

        var version = await _place.OutputAsync("mcp-runtime-http", "--version");
        using var gateway = _place.Start("mcp-runtime-http");
        try
        {
            var listening = await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var url = new Uri(listening!.Split(' ', ',', ';')[2]);
            _place.Set("MCP_RUNTIME_PORT", $"{url.Port}");
            var health = await _place.RunAsync("mcp-runtime-http", "health");

            Assert.StartsWith(ReleaseOutput.Version, version, StringComparison.Ordinal);
            Assert.True(health.ExitCode == 0, $"{listening}: {health}");
        }
        finally
        {
            gateway.Kill(entireProcessTree: true);
        }
        // The other way around, without a gateway.
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, (await _place.RunAsync("mcp-runtime-http", "health")).ExitCode);
    }

    private async Task ImportAsync(PetShopServer shop, string program, params IEnumerable<string> start)
    {
        var document = await File.ReadAllTextAsync(
            RepositoryRoot.PathOf("samples", "PetShop", "openapi.json"),
            TestContext.Current.CancellationToken
        );
        var file = _place.Write(
            "openapi.json",
            document.Replace("http://SERVER", shop.Origin, StringComparison.Ordinal)
        );
        await _place.OutputAsync(program, [.. start, "import", file, "--name", "shop", "--allow-private"]);
    }

    private Task<McpCall> ListPetsAsync(string command, params IEnumerable<string> arguments) =>
        McpCall.SendAsync(_place, command, arguments, "list_pets", new Dictionary<string, object?>());
}
