using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Pictures;

/// <summary>
/// The picture of a terminal in the README: these commands, run against the sample API. <c>eng/pictures.ps1</c> draws it
/// again.
/// </summary>
public sealed class TerminalPictureTests : IDisposable
{
    private const string Title =
        "A terminal: mcp-runtime imports an OpenAPI document, finds a tool by words, shows the request of a call, and calls.";

    private const string Order = """place_order petId=4 shipTo:='{"street":"Siel 1","city":"Husum"}'""";

    private static readonly string[] Commands =
    [
        "mcp-runtime import http://localhost:5000/openapi.json --name petshop --allow-private",
        "mcp-runtime tools --search 'buy a cat' --limit 3",
        $"mcp-runtime call {Order} --dry-run",
        $"mcp-runtime call {Order}",
    ];

    private readonly TemporaryFolder _home = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string File => RepositoryRoot.PathOf("docs", "pictures", "terminal.svg");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_picture_of_a_terminal_shows_what_the_program_prints()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The picture shows a terminal of Linux, with its folders.");
        await using var shop = await PetShopProcess.StartAsync(Token);
        var steps = new List<(string, string)>();
        foreach (var command in Commands)
            steps.Add((command, await RunAsync(command, shop.Url)));
        var picture = TerminalPicture.Draw(Title, steps);

        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_DRAW_PICTURES") == "true")
            await System.IO.File.WriteAllTextAsync(File, picture, Token);

        Assert.True(
            await System.IO.File.ReadAllTextAsync(File, Token) == picture,
            $"docs/pictures/terminal.svg shows something else than mcp-runtime prints. Run ./eng/pictures.ps1.\n{picture}"
        );
        Assert.NotNull(XDocument.Parse(picture).Root);
    }

    // In a shell, as it is shown; the shop's port and the home of this run become those that the picture names.
    private async Task<string> RunAsync(string command, Uri shop)
    {
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = _home.Path,
            ["XDG_DATA_HOME"] = null,
            ["XDG_CACHE_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
            ["MCP_RUNTIME_CREDENTIAL_STORE"] = "file",
            ["MCP_RUNTIME_CREDENTIAL__PETSHOP__SHOPKEY__VALUE"] = PetShopProcess.Key,
        };
        var line = command.Replace(":5000/", $":{shop.Port}/", StringComparison.Ordinal);
        var output = await ProcessRunner.RunAsync(
            "bash",
            ["-c", $"{line} 2>&1"],
            environment,
            workingDirectory: _home.Path,
            cancellationToken: Token
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        return output
            .Out.Replace($":{shop.Port}", ":5000", StringComparison.Ordinal)
            .Replace(_home.Path, "/home/you", StringComparison.Ordinal);
    }
}
