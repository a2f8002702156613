using System.Net;
using System.Text.Json;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>The server card and the catalogs that list it (SEP-2127).</summary>
public class ServerCardTests
{
    private static readonly (string, string)[] Public =
    [
        ("PUBLIC_URL", "https://tools.example.com"),
        ("ALLOWED_HOSTS", "127.0.0.1"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_card_says_where_the_endpoint_is_and_what_it_speaks()
    {
        await using var gateway = await RunningGateway.StartAsync(Public);

        using var answer = await gateway.Anonymous.GetAsync("/mcp/server-card", Cancelled);

        Assert.Equal("application/mcp-server-card+json", answer.Content.Headers.ContentType?.MediaType);
        var card = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json", card.Text("$schema"));
        Assert.Equal("com.example.tools/mcp-runtime", card.Text("name"));
        Assert.Matches("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$", card.Text("name"));
        Assert.InRange(card.Text("description").Length, 1, 100);
        // Unknown members are refused by the schema.
        Assert.Equal(
            ["$schema", "name", "title", "description", "version", "remotes"],
            card.EnumerateObject().Select(member => member.Name)
        );
        var remote = card.GetProperty("remotes")[0];
        Assert.Equal(("streamable-http", "https://tools.example.com/mcp"), (remote.Text("type"), remote.Text("url")));
        Assert.Contains(
            "2026-07-28",
            remote.GetProperty("supportedProtocolVersions").EnumerateArray().Select(revision => revision.GetString())
        );
        Assert.True(remote.GetProperty("headers")[0].GetProperty("isSecret").GetBoolean());
    }

    [Theory]
    [InlineData("/.well-known/ai-catalog.json")]
    [InlineData("/.well-known/mcp/catalog.json")]
    public async Task A_catalog_leads_to_the_card(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(Public);

        var catalog = await gateway.Anonymous.SendAsync("GET", path);

        var entry = Assert.Single(catalog.GetProperty("entries").EnumerateArray());
        Assert.Equal("application/mcp-server-card+json", entry.Text("type"));
        Assert.Equal("https://tools.example.com/mcp/server-card", entry.Text("url"));
        Assert.Equal("urn:air:tools.example.com:mcp:mcp-runtime", entry.Text("identifier"));
    }

    [Fact]
    public async Task Pages_of_any_origin_may_read_it_and_nothing_else()
    {
        await using var gateway = await RunningGateway.StartAsync(Public);
        using var request = From("GET", "/mcp/server-card");

        using var answer = await gateway.Anonymous.SendAsync(request, Cancelled);
        using var again = From("GET", "/mcp/server-card");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await gateway.Anonymous.SendAsync(again, Cancelled);

        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("public, max-age=3600", answer.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        foreach (
            var (method, path) in new[] { ("POST", "/mcp/server-card"), ("GET", "/mcp"), ("GET", "/mcp/server-card/x") }
        )
        {
            using var other = From(method, path);
            using var refused = await gateway.Anonymous.SendAsync(other, Cancelled);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_gateway_without_a_public_url_shows_none()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var problem = await gateway.Anonymous.SendAsync("GET", "/mcp/server-card", status: 404);

        Assert.Contains("MCP_RUNTIME_PUBLIC_URL", problem.Text("detail"), StringComparison.Ordinal);
    }

    private static HttpRequestMessage From(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Origin", "https://other.example.net");
        return request;
    }
}
