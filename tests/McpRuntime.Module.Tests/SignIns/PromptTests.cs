using System.Text.RegularExpressions;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>What Connect-McpConnector asks a user in front of a terminal.</summary>
public sealed class PromptTests : IAsyncLifetime
{
    private const string Choices = "(default is \"Y\"): ";
    private const string Secret = "typed-s3cret";

    private readonly StandInProvider _provider = new();
    private readonly RecordingUpstream _api = RecordingUpstream.Start(_ => UpstreamAnswer.Json("""{"answer":42}"""));
    private VaultProcesses _processes = null!;

    public async ValueTask InitializeAsync()
    {
        PwshTerminal.Require();
        _processes = await VaultProcesses.CreateAsync();
        _processes.Connect(_api.Url, $"{_provider.Issuer}/authorize", $"{_provider.Issuer}/token");
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _api.DisposeAsync();
        _processes?.Dispose();
    }

    [Fact]
    public async Task A_new_provider_is_asked_about_and_its_secret_is_typed_without_being_shown()
    {
        // GitHub's clients have a secret; the endpoints are the manifest's.
        using var terminal = Start("-Provider github");
        await terminal.WaitForAsync(Choices);
        Assert.Contains(_provider.Issuer, Unwrapped(terminal), StringComparison.Ordinal);
        Assert.Empty(_provider.Requests);
        await terminal.TypeAsync("y\r");
        await terminal.WaitForAsync("Client secret (not shown; empty for none): ");
        await terminal.TypeAsync(Secret + "\r");
        await terminal.WaitForAsync("machine: http://127.0.0.1:");
        await terminal.WaitForAsync("\n");
        await VisitAsync(terminal);
        Assert.Equal(0, await terminal.EndAsync());

        Assert.Contains("signed in: True", terminal.Shown, StringComparison.Ordinal);
        var sent = Assert.Single(_provider.Requests, request => request.Target == "/token");
        Assert.Equal(Secret, HttpUtility.ParseQueryString(sent.BodyText)["client_secret"]);
        Assert.DoesNotContain(Secret, terminal.Shown, StringComparison.Ordinal);
        Assert.All(_provider.Secrets, secret =>
            Assert.DoesNotContain(secret, terminal.Shown, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_provider_that_is_declined()
    {
        using var terminal = Start("");
        await terminal.WaitForAsync(Choices);
        await terminal.TypeAsync("n\r");
        await terminal.EndAsync();

        Assert.Contains("was not approved for 'api'", Unwrapped(terminal), StringComparison.Ordinal);
        Assert.Empty(_provider.Requests);
        Assert.DoesNotContain("signed in: True", terminal.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_the_browser_is_waited_for_ends_the_sign_in_and_frees_its_port()
    {
        // A port that no one else takes when it is free.
        var port = FreePort.Take();
        using var terminal = Start($"-Force -RedirectUri http://127.0.0.1:{port}/callback");
        await terminal.WaitForAsync("machine: http://127.0.0.1:");
        await terminal.WaitForAsync("\n");
        await terminal.TypeAsync("\u0003");
        await terminal.EndAsync();

        Assert.DoesNotContain("signed in: True", terminal.Shown, StringComparison.Ordinal);
        Assert.Equal(port, UrlOf(terminal).Port);
        using var client = new System.Net.Sockets.TcpClient();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(async () =>
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken)
        );
    }

    private PwshTerminal Start(string parameters) =>
        PwshTerminal.Start(
            _processes,
            $$"""
            Import-Module $env:TEST_MODULE
            Register-SecretVault Store -ModuleName GateStore -VaultParameters @{ Folder = "{{_processes.Vault}}" } -DefaultVault
            Connect-McpConnector api -ClientId client -NoBrowser {{parameters}}
            "signed in: $((Get-McpCredential api).IsSignIn)"
            """
        );

    // Lines end at the terminal's width.
    private static string Unwrapped(PwshTerminal terminal) => terminal.Shown.ReplaceLineEndings("");

    private static Uri UrlOf(PwshTerminal terminal) =>
        new(Regex.Match(Unwrapped(terminal), "machine: (http://127[0-9.:]+/[A-Za-z0-9/_?=-]*)").Groups[1].Value);

    private static async Task VisitAsync(PwshTerminal terminal)
    {
        using var browser = new HttpClient();
        using var page = await browser.GetAsync(UrlOf(terminal), TestContext.Current.CancellationToken);
    }
}
