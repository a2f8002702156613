using System.Net;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Http.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Authentication;

/// <summary>Who is let in to a route of management, and what the others are told.</summary>
public class AuthenticationTests
{
    private const string Key = "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static SymmetricSecurityKey SecretKey => new(Encoding.UTF8.GetBytes(Key));

    [Fact]
    public async Task Management_needs_a_token_even_on_loopback()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var answer = await gateway.Anonymous.GetAsync("/v1/tokens", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"mcp-runtime\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_made_token_is_shown_once_and_refused_after_its_revocation()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        using var made = await admin.PostAsync(
            "/v1/tokens",
            Json("""{"name":"second","roles":["admin"],"days":1}"""),
            Cancelled
        );
        using var token = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync(Cancelled));
        var text = token.RootElement.GetProperty("token").GetString()!;

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, text));
        Assert.DoesNotContain(text, await admin.GetStringAsync("/v1/tokens", Cancelled));
        using var revoked = await admin.DeleteAsync("/v1/tokens/" + TokenSecret.IdOf(text), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, text));
    }

    [Theory]
    [InlineData("""{"roles":["admin"]}""", "name")]
    [InlineData("""{"name":"a","roles":["root"]}""", "admin, user, reader")]
    [InlineData("""{"name":"a","roles":[]}""", "role")]
    [InlineData("""{"name":"a","roles":["user"],"days":0}""", "days")]
    [InlineData("""{"name":"a","roles":["user"],"dayz":1}""", "dayz")]
    [InlineData("""{"name":"a","roles":["user"],"days":1,"noExpiry":true}""", "noExpiry")]
    [InlineData("""{"name":""", "not JSON")]
    public async Task A_token_that_makes_no_sense_is_not_made(string body, string said)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        using var answer = await admin.PostAsync("/v1/tokens", Json(body), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(1, (await admin.SendAsync("GET", "/v1/tokens")).GetProperty("tokens").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"name":"a","roles":["user"]}""", 90)]
    [InlineData("""{"name":"a","roles":["user"],"days":7}""", 7)]
    [InlineData("""{"name":"a","roles":["user"],"noExpiry":true}""", null)]
    public async Task A_token_expires_unless_it_is_asked_not_to(string body, int? days)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var made = await gateway.Client.SendAsync("POST", "/v1/tokens", body, 201);

        Assert.Equal(days is not null, made.TryGetProperty("expires", out var expires));
        if (days is not null)
            Assert.Equal(days, (expires.GetDateTimeOffset() - made.GetProperty("created").GetDateTimeOffset()).Days);
    }

    [Fact]
    public async Task Tokens_of_other_roles_may_not_manage()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (_, text) = await gateway
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("u", ["user"], null, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(gateway, text));
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (_, text) = await gateway
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("old", ["admin"], TimeSpan.FromMilliseconds(-1), Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, text));
    }

    [Fact]
    public async Task JWTs_are_accepted_by_key_issuer_audience_and_time_alone()
    {
        await using var authority = TestAuthority.Start();
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_SECRET_KEY", Key),
            ("JWT_AUTHORITY", authority.Issuer),
            ("JWT_ROLES_CLAIM", "roles"),
            ("PUBLIC_URL", "https://mcp.example"),
        ]);
        using var otherRsa = RSA.Create(2048);
        var foreign = new RsaSecurityKey(otherRsa) { KeyId = "rsa-1" };
        var unknown = new RsaSecurityKey(otherRsa) { KeyId = "rsa-2" };
        var otherKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string(Key.Reverse().ToArray())));
        // The public key as an HMAC secret: the classic confusion of algorithms (RFC 8725 section 2.1).
        var confused = new SymmetricSecurityKey(((RsaSecurityKey)authority.RsaKey).Rsa.ExportSubjectPublicKeyInfo())
        {
            KeyId = "rsa-1",
        };
        const string Us = "https://mcp.example",
            Hs = "HS256",
            Rs = "RS256",
            Es = "ES256";
        string[] admin = ["admin"];
        (string What, string Token, HttpStatusCode Status)[] cases =
        [
            ("our key", TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us, admin), HttpStatusCode.OK),
            ("authority RSA", TestAuthority.Sign(authority.RsaKey, Rs, authority.Issuer, Us, admin), HttpStatusCode.OK),
            ("authority EC", TestAuthority.Sign(authority.EcKey, Es, authority.Issuer, Us, admin), HttpStatusCode.OK),
            (
                "audience of the MCP endpoint",
                TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us + "/mcp", admin),
                HttpStatusCode.OK
            ),
            ("no admin", TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us, ["user"]), HttpStatusCode.Forbidden),
            ("no known role", TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us, ["root"]), HttpStatusCode.Forbidden),
            (
                "wrong signature",
                TestAuthority.Sign(otherKey, Hs, "mcp-runtime", Us, admin),
                HttpStatusCode.Unauthorized
            ),
            ("no signature", TestAuthority.Sign(null, "none", "mcp-runtime", Us, admin), HttpStatusCode.Unauthorized),
            (
                "expired",
                TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us, admin, minutes: -5),
                HttpStatusCode.Unauthorized
            ),
            (
                "wrong audience",
                TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", "https://other.example", admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "audience that begins alike",
                TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us + ".evil.example", admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "audience of one connector",
                TestAuthority.Sign(SecretKey, Hs, "mcp-runtime", Us + "/mcp/a", admin),
                HttpStatusCode.Unauthorized
            ),
            ("wrong issuer", TestAuthority.Sign(SecretKey, Hs, "somebody", Us, admin), HttpStatusCode.Unauthorized),
            (
                "our key for the authority",
                TestAuthority.Sign(SecretKey, Hs, authority.Issuer, Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "authority's key for us",
                TestAuthority.Sign(authority.RsaKey, Rs, "mcp-runtime", Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "foreign key of a known id",
                TestAuthority.Sign(foreign, Rs, authority.Issuer, Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "foreign key id",
                TestAuthority.Sign(unknown, Rs, authority.Issuer, Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "public key as secret",
                TestAuthority.Sign(confused, Hs, authority.Issuer, Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "stronger algorithm than agreed",
                TestAuthority.Sign(authority.RsaKey, "RS512", authority.Issuer, Us, admin),
                HttpStatusCode.Unauthorized
            ),
            (
                "a critical extension",
                TestAuthority.Sign(
                    SecretKey,
                    Hs,
                    "mcp-runtime",
                    Us,
                    admin,
                    header: new() { ["crit"] = admin, ["admin"] = 1 }
                ),
                HttpStatusCode.Unauthorized
            ),
            ("no JWT", "a.b.c", HttpStatusCode.Unauthorized),
            ("no token", "", HttpStatusCode.Unauthorized),
        ];
        foreach (var (what, token, expected) in cases)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tokens");
            if (token.Length > 0)
                request.Headers.Authorization = new("Bearer", token);
            using var answer = await gateway.Client.SendAsync(request, Cancelled);

            Assert.True(
                expected == answer.StatusCode,
                $"{what}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancelled)}"
            );
            if (expected == HttpStatusCode.Unauthorized)
            {
                var challenge = answer.Headers.WwwAuthenticate.ToString();
                Assert.Contains(
                    "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource\"",
                    challenge
                );
                Assert.Equal(token.Length > 0, challenge.Contains("error=\"invalid_token\"", StringComparison.Ordinal));
                if (token.Length > 20)
                    Assert.DoesNotContain(token[^20..], challenge + await answer.Content.ReadAsStringAsync(Cancelled));
            }
        }
    }

    [Fact]
    public async Task The_metadata_of_a_resource_names_the_authority_and_the_public_URL()
    {
        await using var authority = TestAuthority.Start();
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_AUTHORITY", authority.Issuer),
            ("PUBLIC_URL", "https://mcp.example"),
        ]);
        foreach (var path in new[] { "", "/mcp", "/mcp/@a/b", "/projects/p/mcp" })
        {
            Assert.Equal(
                $$"""{"resource":"https://mcp.example{{path}}","resource_name":"McpRuntime","authorization_servers":["{{authority.Issuer}}"],"bearer_methods_supported":["header"]}""",
                await gateway.Client.GetStringAsync("/.well-known/oauth-protected-resource" + path, Cancelled)
            );
        }
    }

    [Fact]
    public async Task Where_others_can_connect_a_token_is_needed_as_everywhere()
    {
        await using var gateway = await RunningGateway.StartAsync([("HOST", "0.0.0.0")]);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.Url.Port}") };

        using var answer = await client.SendAsync(McpClientSide.Modern("tools/list"), Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var gateway = await RunningGateway.StartAsync(
            [("RATE_LIMIT_REQUESTS_PER_MINUTE", "2")],
            change: parts => parts with { Time = new FrozenTime() }
        );
        using var admin = gateway.Admin();
        await admin.GetStringAsync("/v1/tokens", Cancelled);
        await admin.GetStringAsync("/v1/tokens", Cancelled);

        using var answer = await admin.GetAsync("/v1/tokens", Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Guessing_tokens_is_slowed_down()
    {
        await using var gateway = await RunningGateway.StartAsync(change: parts =>
            parts with
            {
                Time = new FrozenTime(),
            }
        );
        for (var i = 0; i < 60; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, $"guess{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(gateway, "guess60"));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tokens");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await gateway.Client.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }
}
