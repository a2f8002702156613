using System.Net;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>What a client is told to ask its issuer for (RFC 6750 section 3.1, RFC 9728, MCP's step-up).</summary>
public sealed class ScopeTests
{
    private const string Us = IssuerGateway.Us;

    private const string Roles = """
        {"roles":{"writer":{"access":"write"},"lead":{"access":"none","rights":["tokens"]}},
         "claims":[{"claim":"scope","value":"tokens.manage","roles":["lead"]},
                   {"claim":"scope","value":"tools.write","roles":["writer"]},
                   {"claim":"scope","value":"tools.read","roles":["reader"]}]}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_it_is_told_the_scope_that_reads_and_where_all_of_them_are()
    {
        await using var issuer = new ShapedIssuer();
        await using var made = await StartAsync(issuer);

        using var answer = await made.Gateway.Anonymous.SendAsync(McpClientSide.Modern("tools/list"), Cancelled);
        var metadata = await made.Gateway.Anonymous.SendAsync("GET", "/.well-known/oauth-protected-resource/mcp");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("scope=\"tools.read\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(
            ["tools.read", "tools.write", "tokens.manage"],
            metadata.GetProperty("scopes_supported").EnumerateArray().Select(scope => scope.GetString())
        );
    }

    [Fact]
    public async Task A_route_that_needs_a_right_names_the_scope_with_those_that_are_there()
    {
        await using var issuer = new ShapedIssuer();
        await using var made = await StartAsync(issuer);

        using var refused = await made.AskAsync(Token(issuer, "tools.read openid"), "/v1/tokens");
        using var allowed = await made.AskAsync(Token(issuer, "tools.read tokens.manage"), "/v1/tokens");
        using var hopeless = await made.AskAsync(Token(issuer, "tools.read"), "/v1/audit");
        using var nothing = await made.AskAsync(Token(issuer, "openid"), "/v1/tools");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
        Assert.Contains("error=\"insufficient_scope\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Contains("scope=\"tools.read tokens.manage\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain(" scope=", hopeless.Headers.WwwAuthenticate.ToString());
        Assert.Contains(" scope=\"tools.read\"", nothing.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_tool_that_a_further_scope_allows_is_answered_with_it_and_then_works()
    {
        await using var upstream = Manifests.Upstream();
        await using var issuer = new ShapedIssuer();
        await using var made = await StartAsync(issuer, upstream);

        using var refused = await CallAsync(made, Token(issuer, "tools.read"), "add_item", """{"item":{}}""");
        using var allowed = await CallAsync(
            made,
            Token(issuer, "tools.read tools.write"),
            "add_item",
            """{"item":{}}"""
        );

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
        var challenge = refused.Headers.WwwAuthenticate.ToString();
        Assert.Contains("error=\"insufficient_scope\"", challenge);
        Assert.Contains("scope=\"tools.read tools.write\"", challenge);
        Assert.Contains($"resource_metadata=\"{Us}/.well-known/oauth-protected-resource/mcp\"", challenge);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_tool_that_no_scope_allows_is_unknown_as_before()
    {
        await using var upstream = Manifests.Upstream();
        await using var issuer = new ShapedIssuer();
        await using var made = await StartAsync(issuer, upstream);
        using var reader = await made.Gateway.ClientAsync("reader");

        using var beyond = await CallAsync(made, Token(issuer, "tools.read"), "delete_item", """{"id":7}""");
        using var missing = await CallAsync(made, Token(issuer, "tools.read"), "not_there", "{}");
        using var ofApiToken = await reader.SendAsync(McpClientSide.Call("add_item", """{"item":{}}"""), Cancelled);

        foreach (var answer in new[] { beyond, missing, ofApiToken })
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Empty(answer.Headers.WwwAuthenticate);
            Assert.Contains("\"code\":-32602", await answer.Content.ReadAsStringAsync(Cancelled));
        }
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_scope_of_another_issuer_is_not_offered()
    {
        await using var staff = new ShapedIssuer();
        await using var guests = new ShapedIssuer();
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"staff","issuer":"{{staff.Url}}"},{"name":"guests","issuer":"{{guests.Url}}","defaultRole":"reader"}""",
            $$"""{"claims":[{"claim":"scope","value":"all","roles":["admin"],"issuer":"{{staff.Url}}"}]}"""
        );

        using var ofGuest = await made.AskAsync(Token(guests, "openid"), "/v1/tokens");
        using var ofStaff = await made.AskAsync(Token(staff, "openid"), "/v1/tokens");

        Assert.DoesNotContain(" scope=", ofGuest.Headers.WwwAuthenticate.ToString());
        Assert.Contains(" scope=\"all\"", ofStaff.Headers.WwwAuthenticate.ToString());
    }

    private static async Task<IssuerGateway> StartAsync(ShapedIssuer issuer, RecordingUpstream? upstream = null)
    {
        var made = await IssuerGateway.StartAsync(
            $$"""{"name":"staff","issuer":"{{issuer.Url}}"}""",
            Roles,
            settings: [Manifests.Loopback]
        );
        if (upstream is null)
            return made;
        made.Gateway.Home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        using var admin = await made.Gateway.ClientAsync("admin");
        await admin.SendAsync("POST", "/v1/runtime/reload", status: 200);
        return made;
    }

    private static string Token(ShapedIssuer issuer, string scope) =>
        issuer.Sign($$"""{"sub":"ann","aud":"{{Us}}","scope":"{{scope}}"}""");

    private static async Task<HttpResponseMessage> CallAsync(
        IssuerGateway made,
        string token,
        string tool,
        string arguments
    )
    {
        using var request = McpClientSide.Call(tool, arguments);
        request.Headers.Authorization = new("Bearer", token);
        return await made.Gateway.Anonymous.SendAsync(request, Cancelled);
    }
}
