using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Http.Hosting;
using McpRuntime.Http.Tests.SignIns;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignInPages;

/// <summary>A gateway where people sign in at an issuer on loopback.</summary>
internal sealed class SignInGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();

    public StandInProvider Issuer { get; } = new();

    public RunningGateway Gateway { get; private set; } = null!;

    /// <summary>The caller that the issuer's person is with a JWT.</summary>
    public string Person => $"jwt:{Issuer.Issuer}|42";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SignInGateway> StartAsync(
        Func<GatewayParts, GatewayParts>? change = null,
        IEnumerable<(string, string)>? settings = null
    )
    {
        var made = new SignInGateway();
        made._home.Write("ring.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        await made.StartGatewayAsync(change, settings);
        return made;
    }

    /// <summary>Stops the gateway, and starts another one in its folders.</summary>
    public async Task RestartAsync(IEnumerable<(string, string)>? settings = null)
    {
        await Gateway.StopAsync();
        await Gateway.DisposeAsync();
        await StartGatewayAsync(change: null, settings);
    }

    public (string, string) KeyRing => ("KEY_RING_KEY_FILE", _home.PathOf("ring.key"));

    public Uri UrlOf(string path) => new(Gateway.Url, path);

    /// <summary>Goes to the issuer, which consents; the URL that it sends the browser back to.</summary>
    public async Task<Uri> ConsentAsync(ConnectBrowser browser, string path = "/sign-in?issuer=0")
    {
        using var begun = await browser.GetAsync(UrlOf(path));
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        using var consented = await browser.GetAsync(begun.Headers.Location!);
        return consented.Headers.Location!;
    }

    /// <summary>The whole way; where the browser is sent to at the end.</summary>
    public async Task<string> SignInAsync(ConnectBrowser browser, string path = "/sign-in?issuer=0")
    {
        using var ended = await browser.GetAsync(await ConsentAsync(browser, path));
        Assert.True(ended.StatusCode == HttpStatusCode.SeeOther, browser.Pages[^1]);
        return ended.Headers.Location!.ToString();
    }

    /// <summary>Who the gateway takes the browser for; null for no one.</summary>
    public async Task<JsonElement?> CallerAsync(ConnectBrowser browser)
    {
        using var answer = await browser.GetAsync(UrlOf("/v1/caller"));
        return answer.StatusCode == HttpStatusCode.Unauthorized
            ? null
            : JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Issuer.DisposeAsync();
        _home.Dispose();
    }

    private async Task StartGatewayAsync(
        Func<GatewayParts, GatewayParts>? change,
        IEnumerable<(string, string)>? settings
    ) =>
        Gateway = await RunningGateway.StartAsync(
            [
                ("JWT_AUTHORITY", Issuer.Issuer),
                ("JWT_ROLES_CLAIM", "roles"),
                ("SIGN_IN_CLIENT_ID", "my-client"),
                ("LOG_LEVEL", "debug"),
                .. settings ?? [],
            ],
            _home,
            change
        );
}
