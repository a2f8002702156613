using System.Text;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.Credentials;

/// <summary>open_id_connect with a refresh token: the discovery document says where tokens come from.</summary>
public class OpenIdConnectTests
{
    [Fact]
    public async Task Refresh_token_is_exchanged_where_the_document_says()
    {
        await using var provider = Provider(url => $$"""{"token_endpoint":"{{url}}token"}""");
        await using var bench = Bench(provider);
        Assert.Equal(["Bearer tok-1"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(
            ["/.well-known/openid-configuration", "/token"],
            provider.Requests.Select(request => request.Target)
        );
        Assert.Equal("grant_type=refresh_token&refresh_token=refresh-1", provider.Requests[1].BodyText);
        Assert.Equal(
            [$"Basic {Convert.ToBase64String("client:s3cret"u8)}"],
            provider.Requests[1].Header("Authorization")
        );
        Assert.Empty(provider.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Provider_that_takes_secrets_in_the_form_gets_them_there()
    {
        await using var provider = Provider(url =>
            $$"""{"token_endpoint":"{{url}}token","token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_post"]}"""
        );
        await using var bench = Bench(provider);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(
            "grant_type=refresh_token&refresh_token=refresh-1&client_id=client&client_secret=s3cret",
            provider.Requests[1].BodyText
        );
    }

    [Fact]
    public async Task Secrets_go_to_no_endpoint_that_they_were_not_set_for()
    {
        await using var elsewhere = RecordingUpstream.Start(UpstreamAnswer.Json("""{"access_token":"t"}"""));
        await using var provider = Provider(_ => $$"""{"token_endpoint":"{{elsewhere.Url}}token"}""");
        await using var bench = Bench(provider);
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains($"not approved for {elsewhere.Url.ToString().TrimEnd('/')}", message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(200, "{}", "names no token_endpoint")]
    [InlineData(200, "{\"token_endpoint\":\"file:///etc/passwd\"}", "names no token_endpoint")]
    [InlineData(200, "{\"token_endpoint\":7}", "is not a JSON object")]
    [InlineData(200, "[]", "is not a JSON object")]
    [InlineData(200, "<html>", "is not a JSON object")]
    [InlineData(404, "{}", "answered HTTP 404")]
    [InlineData(302, "", "answered HTTP 302")]
    public async Task Document_that_says_nothing_of_use_is_explained(int status, string body, string expected)
    {
        await using var provider = RecordingUpstream.Start(
            new UpstreamAnswer(status, Encoding.UTF8.GetBytes(body), "Location: https://evil.example/")
        );
        await using var bench = Bench(provider);
        var message = await bench.RefusedAsync(CallBench.Tool("GET /x"));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__API__O__TOKEN", message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
        Assert.Single(provider.Requests);
    }

    [Fact]
    public async Task Preview_reads_no_document()
    {
        await using var provider = Provider(_ => "{}");
        await using var bench = Bench(provider);
        Assert.Contains(
            KeyValuePair.Create("Authorization", "Bearer ***"),
            (await bench.PreviewAsync(CallBench.Tool("GET /x"))).Headers
        );
        Assert.Empty(provider.Requests);
    }

    private static RecordingUpstream Provider(Func<string, string> document)
    {
        RecordingUpstream? provider = null;
        return provider = RecordingUpstream.Start(request =>
            request.Target == "/token"
                ? UpstreamAnswer.Json("""{"access_token":"tok-1","expires_in":3600}""")
                : UpstreamAnswer.Json(document(provider!.Url.ToString()))
        );
    }

    private static CallBench Bench(RecordingUpstream provider)
    {
        var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["o"] = new OpenIdConnectScheme($"{provider.Url}.well-known/openid-configuration"),
            },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["o"] = ["openid"] })],
        };
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_ID", "client");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__CLIENT_SECRET", "s3cret");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__REFRESH_TOKEN", "refresh-1");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__O__ORIGINS", $"{provider.Url} {bench.Upstream.Url}");
        return bench;
    }
}
