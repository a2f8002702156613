using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>
/// A caller of the gateway connects an account, from the link of a call to its end.
/// <c>MCP_RUNTIME_TEST_SCREENSHOTS</c> names a folder to keep pictures in.
/// </summary>
public partial class ConnectPageTests(Chromium chromium)
{
    private const string Audience = "https://mcp.example";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_caller_connects_uses_and_disconnects_an_account(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var provider = await ProviderProcess.StartAsync(Cancelled, asks: true);
        await using var gateway = await StartAsync(provider);
        using var caller = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        caller.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Token);
        var link = Link().Match((await CallAsync(caller)).Text).Value;
        var page = await context.NewPageAsync();
        var seen = Watch(page);
        var picture = $"{scheme}-{width}".ToLowerInvariant();

        await page.GotoAsync(link);
        await AssertOwnAsync(page, "Connect an account", $"connect-1-{picture}");
        await page.GetByLabel("Token of the gateway").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await AssertOwnAsync(page, "Connect an account", $"connect-2-{picture}");
        await page.GetByLabel("Token of the gateway").FillAsync(gateway.Token);
        await page.Keyboard.PressAsync("Enter");
        await AssertOwnAsync(page, "Connect notes", $"connect-3-{picture}");
        await Expect(page.Locator("dl")).ToContainTextAsync(provider.Url.GetLeftPart(UriPartial.Authority));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in at 127.0.0.1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await AssertOwnAsync(page, "The account is connected", $"connect-4-{picture}");
        await Expect(page.Locator("dl")).ToContainTextAsync("ada@example.com");

        var (isError, text) = await CallAsync(caller);
        Assert.False(isError, text);
        Assert.Contains("ada@example.com", text, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect this account" }).ClickAsync();
        await AssertOwnAsync(page, "The account is disconnected", $"connect-5-{picture}");
        Assert.True((await CallAsync(caller)).IsError);
        Assert.Equal(1, await provider.CountAsync("revoked", Cancelled));
        await page.GotoAsync(link);
        await AssertOwnAsync(page, "Nothing here", $"connect-6-{picture}");

        Assert.Empty(await context.CookiesAsync([gateway.Url]));
        Assert.DoesNotContain(seen, one => one.Contains(gateway.Token, StringComparison.Ordinal));
        // The address with the code was never a page, so that it is not in the history either.
        Assert.DoesNotContain(seen, one => Codes().IsMatch(one));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task A_caller_without_a_token_at_hand_signs_in_at_the_issuer(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var provider = await ProviderProcess.StartAsync(Cancelled, asks: true, audience: Audience);
        await using var gateway = await StartAsync(provider, isIssuer: true);
        using var caller = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        var token = await TokenAsync(provider);
        caller.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var link = Link().Match((await CallAsync(caller)).Text).Value;
        var page = await context.NewPageAsync();
        var seen = Watch(page);
        var picture = $"{scheme}-{width}".ToLowerInvariant();

        await page.GotoAsync(link);
        await AssertOwnAsync(page, "Connect an account", $"issuer-1-{picture}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with 127.0.0.1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await AssertOwnAsync(page, "Connect an account", $"issuer-2-{picture}");
        Assert.Equal(link, page.Url);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue as" }).ClickAsync();
        await AssertOwnAsync(page, "Connect notes", $"issuer-3-{picture}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in at 127.0.0.1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await AssertOwnAsync(page, "The account is connected", $"issuer-4-{picture}");

        var (isError, text) = await CallAsync(caller);
        Assert.False(isError, text);
        Assert.DoesNotContain(seen, one => one.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(seen, one => Codes().IsMatch(one));
        Assert.All(await context.CookiesAsync([gateway.Url]), cookie => Assert.True(cookie.HttpOnly, cookie.Name));
    }

    // What a user or someone behind them could read later: pages that were shown, and the console.
    private static ConcurrentQueue<string> Watch(IPage page)
    {
        var seen = new ConcurrentQueue<string>();
        page.FrameNavigated += (_, frame) => seen.Enqueue(frame.Url);
        page.Console += (_, message) => seen.Enqueue(message.Text);
        page.PageError += (_, error) => seen.Enqueue(error);
        return seen;
    }

    private static async Task AssertOwnAsync(IPage page, string heading, string picture)
    {
        await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), picture);
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
        // The policy lets the style of the page in.
        Assert.Equal("0px", await page.EvaluateAsync<string>("getComputedStyle(document.body).marginTop"));
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture}.png"), FullPage = true });
    }

    private static Task<GatewayProcess> StartAsync(ProviderProcess provider, bool isIssuer = false) =>
        GatewayProcess.StartAsync(
            provider.Manifest("notes").Replace("user: []", "user: [openid, email]", StringComparison.Ordinal)
                + "\n  credentials: { over_http: per_caller }\n",
            Cancelled,
            home =>
            {
                home.Write("ring.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
                home.Write("credentials/MCP_RUNTIME_CREDENTIAL__NOTES__USER__CLIENT_ID", "my-client");
                home.Write(
                    "credentials/MCP_RUNTIME_CREDENTIAL__NOTES__USER__ORIGINS",
                    provider.Url.GetLeftPart(UriPartial.Authority)
                );
                home.Write(
                    "roles.json",
                    """{ "roles": {}, "claims": [ { "claim": "email", "value": "ada@example.com", "roles": ["user"] } ] }"""
                );
                List<(string, string)> settings =
                [
                    ("KEY_RING_KEY_FILE", home.PathOf("ring.key")),
                    ("CREDENTIALS_DIR", home.PathOf("credentials")),
                ];
                if (isIssuer)
                    settings.AddRange([
                        ("JWT_AUTHORITY", provider.Url.AbsoluteUri),
                        ("JWT_AUDIENCE", Audience),
                        ("ROLES_FILE", home.PathOf("roles.json")),
                        ("SIGN_IN_CLIENT_ID", "my-client"),
                    ]);
                return settings;
            }
        );

    private static async Task<(bool IsError, string Text)> CallAsync(HttpClient caller)
    {
        using var answer = await caller.PostAsJsonAsync("/v1/tools/find_notes", new { folder = "a" }, Cancelled);
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, body);
        var result = JsonElement.Parse(body);
        return (
            result.GetProperty("isError").GetBoolean(),
            result.GetProperty("content")[0].GetProperty("text").GetString()!
        );
    }

    // As an MCP client gets one: ada consents to it, and it is a JWT for the gateway.
    private static async Task<string> TokenAsync(ProviderProcess provider)
    {
        const string Redirect = "http://127.0.0.1/callback";
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var consented = await client.GetAsync(
            new Uri(
                provider.Url,
                $"/connect/authorize?client_id=my-client&response_type=code&redirect_uri={Redirect}&scope=openid+email"
                    + $"&code_challenge={challenge}&code_challenge_method=S256&consent=yes"
            ),
            Cancelled
        );
        using var form = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"),
            new("client_id", "my-client"),
            new("redirect_uri", Redirect),
            new("code_verifier", verifier),
            new("code", HttpUtility.ParseQueryString(consented.Headers.Location!.Query)["code"]!),
        ]);
        using var answer = await client.PostAsync(new Uri(provider.Url, "/connect/token"), form, Cancelled);
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonElement.Parse(body).GetProperty("access_token").GetString()!;
    }

    [GeneratedRegex("[?&#](code|access_token|id_token|refresh_token)=")]
    private static partial Regex Codes();

    [GeneratedRegex("http://[^ ]+/connect/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
