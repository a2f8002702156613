using System.Net;
using McpRuntime.Testing;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>What one issuer says never counts for another.</summary>
public sealed class SeveralIssuersTests
{
    private const string Us = IssuerGateway.Us;

    private const string Roles = """
        {"claims":[{"claim":"groups","value":"ops","roles":["admin"],"issuer":"STAFF"},
                   {"claim":"groups","value":"ops","roles":["reader"],"issuer":"GUESTS"},
                   {"claim":"groups","value":"all","roles":["user"],"issuer":"*"}]}
        """;

    [Fact]
    public async Task Each_has_its_own_callers_and_its_own_meaning_of_a_group()
    {
        await using var pair = await Pair.StartAsync();
        const string Claims = $$"""{"sub":"ann","aud":"{{Us}}","groups":["ops"]}""";

        Assert.Equal(($"jwt:{pair.Staff.Url}|ann", "admin"), await pair.Gateway.CallerAsync(pair.Staff.Sign(Claims)));
        Assert.Equal(
            ($"jwt:{pair.Guests.Url}|ann", "reader"),
            await pair.Gateway.CallerAsync(pair.Guests.Sign(Claims))
        );
        var (_, roles) = await pair.Gateway.CallerAsync(
            pair.Guests.Sign($$"""{"sub":"bob","aud":"{{Us}}","groups":["all"]}""")
        );
        Assert.Equal("user", roles);
    }

    [Fact]
    public async Task A_token_that_names_another_issuer_than_the_one_that_signed_it_is_refused()
    {
        await using var pair = await Pair.StartAsync();
        var stolen = pair.Guests.Sign($$"""{"iss":"{{pair.Staff.Url}}","sub":"ann","aud":"{{Us}}","groups":["ops"]}""");
        // With the key id of the other one, too.
        var renamed = pair.Guests.Sign(
            $$"""{"iss":"{{pair.Staff.Url}}","sub":"ann","aud":"{{Us}}"}""",
            "ES256",
            new ECDsaSecurityKey(((ECDsaSecurityKey)pair.Guests.KeyOf("ES256")).ECDsa) { KeyId = "rsa" }
        );

        Assert.Contains("signature", await pair.Gateway.RefusalAsync(stolen));
        Assert.Contains("signature", await pair.Gateway.RefusalAsync(renamed));
    }

    [Fact]
    public async Task An_issuer_that_no_one_trusts_is_not_even_asked()
    {
        await using var pair = await Pair.StartAsync();
        await using var stranger = new ShapedIssuer();

        var refusal = await pair.Gateway.RefusalAsync(stranger.Sign($$"""{"sub":"ann","aud":"{{Us}}"}"""));

        Assert.Contains("another issuer", refusal);
    }

    [Fact]
    public async Task The_audience_of_one_is_not_that_of_another()
    {
        await using var pair = await Pair.StartAsync(audience: "guests-only");
        const string Claims = """{"sub":"ann","aud":"guests-only"}""";

        Assert.Equal($"jwt:{pair.Guests.Url}|ann", (await pair.Gateway.CallerAsync(pair.Guests.Sign(Claims))).Id);
        Assert.Contains("another audience", await pair.Gateway.RefusalAsync(pair.Staff.Sign(Claims)));
    }

    [Fact]
    public async Task An_issuer_whose_metadata_name_another_one_is_not_believed()
    {
        await using var staff = new ShapedIssuer();
        await using var liar = new ShapedIssuer { NamedIssuer = staff.Url };
        await using var made = await IssuerGateway.StartAsync($$"""{"name":"liar","issuer":"{{liar.Url}}"}""");
        var token = liar.Sign($$"""{"sub":"ann","aud":"{{Us}}"}""");

        using var answer = await made.AskAsync(token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("name another issuer", await made.Gateway.EndAsync());
    }

    [Fact]
    public async Task The_default_role_is_for_those_without_another_one()
    {
        await using var issuer = new ShapedIssuer();
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"staff","issuer":"{{issuer.Url}}","rolesClaim":"roles","defaultRole":"reader"}"""
        );

        var without = await made.CallerAsync(issuer.Sign($$"""{"sub":"ann","aud":"{{Us}}","roles":["unknown"]}"""));
        var with = await made.CallerAsync(issuer.Sign($$"""{"sub":"bob","aud":"{{Us}}","roles":["user"]}"""));

        Assert.Equal(("reader", "user"), (without.Roles, with.Roles));
    }

    [Theory]
    [InlineData("""{"name":"a","issuer":"https://a.example","defaultRole":"admin"}""", null, "could do everything")]
    [InlineData("""{"name":"a","issuer":"https://a.example","defaultRole":"desk"}""", null, "'desk', is not defined")]
    [InlineData(
        """{"name":"a","issuer":"https://a.example"},{"name":"b","issuer":"https://b.example"}""",
        """{"claims":[{"claim":"groups","value":"ops","roles":["admin"]}]}""",
        "needs 'issuer'"
    )]
    [InlineData(
        """{"name":"a","issuer":"https://a.example"}""",
        """{"claims":[{"claim":"groups","value":"ops","roles":["admin"],"issuer":"https://c.example"}]}""",
        "'https://c.example', which is not one"
    )]
    public async Task What_would_give_too_much_keeps_the_gateway_from_starting(
        string issuers,
        string? roles,
        string fault
    )
    {
        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() => IssuerGateway.StartAsync(issuers, roles));

        Assert.Contains(fault, refused.Message);
    }

    [Fact]
    public async Task Metadata_of_the_resource_name_every_issuer()
    {
        await using var pair = await Pair.StartAsync();

        var metadata = await pair.Gateway.Gateway.Anonymous.SendAsync(
            "GET",
            "/.well-known/oauth-protected-resource/mcp"
        );

        Assert.Equal(
            [pair.Staff.Url, pair.Guests.Url],
            metadata.GetProperty("authorization_servers").EnumerateArray().Select(server => server.GetString())
        );
    }

    private sealed record Pair(ShapedIssuer Staff, ShapedIssuer Guests, IssuerGateway Gateway) : IAsyncDisposable
    {
        public static async Task<Pair> StartAsync(string? audience = null)
        {
            var (staff, guests) = (new ShapedIssuer(), new ShapedIssuer("/guests"));
            var only = audience is null ? "" : $",\"audience\":[\"{audience}\"]";
            var gateway = await IssuerGateway.StartAsync(
                $$"""
                {"name":"staff","issuer":"{{staff.Url}}"},{"name":"guests","issuer":"{{guests.Url}}"{{only}}}
                """,
                Roles
                    .Replace("STAFF", staff.Url, StringComparison.Ordinal)
                    .Replace("GUESTS", guests.Url, StringComparison.Ordinal)
            );
            return new Pair(staff, guests, gateway);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Staff.DisposeAsync();
            await Guests.DisposeAsync();
        }
    }
}
