using System.Net;
using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>Opaque tokens, which the issuer is asked for (RFC 7662).</summary>
public sealed class IntrospectionTests
{
    private const string Us = IssuerGateway.Us;
    private const string Good =
        """{"active":true,"sub":"ann","aud":"https://mcp.example","exp":4000000000,"scope":"tools.read"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_asked_for_once_with_the_clients_secret_and_is_a_caller_of_the_issuer()
    {
        using var home = new TemporaryFolder();
        await using var issuer = new ShapedIssuer();
        issuer.Opaque["opaque-1"] = Good;
        await using var made = await StartAsync(issuer, home);

        var caller = await made.CallerAsync("opaque-1");
        Assert.Equal(caller, await made.CallerAsync("opaque-1"));

        Assert.Equal(($"jwt:{issuer.Url}|ann", "reader"), caller);
        var asked = Assert.Single(issuer.Introspections);
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("gateway:of-the-client-5530")),
            asked.Header("Authorization").Single()
        );
        Assert.Contains("token_type_hint=access_token", asked.BodyText);
        var log = await made.Gateway.EndAsync();
        Assert.DoesNotContain("opaque-1", log);
        Assert.DoesNotContain("5530", log);
    }

    [Theory]
    [InlineData("""{"active":false}""", "unknown, expired or revoked")]
    [InlineData("""{"active":"true","sub":"ann","aud":"https://mcp.example","exp":4000000000}""", "unknown")]
    [InlineData("""{"sub":"ann","aud":"https://mcp.example","exp":4000000000}""", "unknown")]
    [InlineData("""{"active":true,"sub":"ann","aud":"https://other.example","exp":4000000000}""", "another audience")]
    [InlineData("""{"active":true,"sub":"ann","exp":4000000000}""", "another audience")]
    [InlineData("""{"active":true,"sub":"ann","aud":"https://mcp.example","exp":1000000000}""", "expired")]
    [InlineData("""{"active":true,"sub":"ann","aud":"https://mcp.example"}""", "without an expiry")]
    [InlineData(
        """{"active":true,"sub":"ann","aud":"https://mcp.example","exp":4000000000,"nbf":3900000000}""",
        "not yet"
    )]
    [InlineData(
        """{"active":true,"iss":"https://evil.example","sub":"ann","aud":"https://mcp.example","exp":4000000000}""",
        "another issuer"
    )]
    [InlineData("""{"active":true,"aud":"https://mcp.example","exp":4000000000}""", "neither 'sub' nor")]
    public async Task An_answer_that_does_not_say_all_that_is_needed_lets_no_one_in(string answer, string fault)
    {
        using var home = new TemporaryFolder();
        await using var issuer = new ShapedIssuer();
        issuer.Opaque["opaque-1"] = answer;
        await using var made = await StartAsync(issuer, home);

        Assert.Contains(fault, await made.RefusalAsync("opaque-1"));
    }

    [Fact]
    public async Task An_issuer_that_answers_with_an_error_is_not_the_callers_fault()
    {
        using var home = new TemporaryFolder();
        await using var issuer = new ShapedIssuer();
        issuer.Opaque["opaque-1"] = "no JSON";
        await using var made = await StartAsync(issuer, home);

        using var answer = await made.AskAsync("opaque-1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Guesses_do_not_reach_the_issuer_without_end()
    {
        using var home = new TemporaryFolder();
        await using var issuer = new ShapedIssuer();
        issuer.Opaque["opaque-1"] = Good;
        await using var made = await StartAsync(issuer, home);
        await made.CallerAsync("opaque-1");

        for (var i = 0; i < 70; i++)
            (await made.AskAsync($"guess-{i}")).Dispose();

        Assert.InRange(issuer.Introspections.Count, 50, 63);
        // Known from before.
        await made.CallerAsync("opaque-1");
    }

    [Fact]
    public async Task Good_tokens_are_asked_for_without_a_limit()
    {
        using var home = new TemporaryFolder();
        await using var issuer = new ShapedIssuer();
        await using var made = await StartAsync(issuer, home);

        for (var i = 0; i < 70; i++)
        {
            issuer.Opaque[$"opaque-{i}"] = Good;
            await made.CallerAsync($"opaque-{i}");
        }
    }

    [Fact]
    public async Task Without_introspection_an_opaque_token_is_told_what_is_accepted()
    {
        await using var issuer = new ShapedIssuer();
        await using var made = await IssuerGateway.StartAsync($$"""{"name":"staff","issuer":"{{issuer.Url}}"}""");

        Assert.Contains("nor a JWT", await made.RefusalAsync("opaque-1"));
        Assert.Empty(issuer.Introspections);
    }

    [Fact]
    public async Task Encrypted_tokens_of_openiddict_are_looked_up_and_end_when_they_are_revoked()
    {
        using var home = new TemporaryFolder();
        await using var provider = await ProviderProcess.StartAsync(Cancelled, audience: "gateway", encrypts: true);
        await using var made = await IssuerGateway.StartAsync(
            $$"""
            {"name":"openiddict","issuer":"{{provider.Url}}","audience":["gateway"],"defaultRole":"reader",
             "introspection":{"clientId":"gateway","clientSecretFile":{{Path(home)}} } }
            """
        );
        var token = await TokenAsync(provider);

        Assert.Equal(5, token.Split('.').Length);
        Assert.Equal(($"jwt:{provider.Url}|ada", "reader"), await made.CallerAsync(token));
        var another = await TokenAsync(provider);
        await provider.ExpireAsync(Cancelled);
        Assert.Contains("unknown, expired or revoked", await made.RefusalAsync(another));
    }

    private static async Task<string> TokenAsync(ProviderProcess provider)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        const string Verifier = "0123456789012345678901234567890123456789012";
        const string Challenge = "_RpfHqw8pAZIomzVUE7sjRmHSM543WVdC4o-Kc4_3C0";
        const string Back = "http://127.0.0.1:1/callback";
        using var consented = await client.GetAsync(
            new Uri(
                provider.Url,
                $"/connect/authorize?client_id=my-client&response_type=code&scope=openid&redirect_uri={Back}"
                    + $"&code_challenge={Challenge}&code_challenge_method=S256"
            ),
            Cancelled
        );
        var code = System.Web.HttpUtility.ParseQueryString(consented.Headers.Location!.Query)["code"]!;
        using var form = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"),
            new("client_id", "my-client"),
            new("redirect_uri", Back),
            new("code", code),
            new("code_verifier", Verifier),
        ]);
        using var answer = await client.PostAsync(new Uri(provider.Url, "/connect/token"), form, Cancelled);
        var json = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        return json.Text("access_token");
    }

    private static string Path(TemporaryFolder home) =>
        System.Text.Json.JsonSerializer.Serialize(home.Write("secret", "of-the-client-5530"));

    private static Task<IssuerGateway> StartAsync(ShapedIssuer issuer, TemporaryFolder home) =>
        IssuerGateway.StartAsync(
            $$"""
            {"name":"staff","issuer":"{{issuer.Url}}",
             "introspection":{"clientId":"gateway","clientSecretFile":{{Path(home)}} } }
            """,
            """{"claims":[{"claim":"scope","value":"tools.read","roles":["reader"]}]}"""
        );
}
