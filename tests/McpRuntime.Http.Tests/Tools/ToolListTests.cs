using System.Net.Http.Headers;

namespace McpRuntime.Http.Tests.Tools;

/// <summary><c>GET /v1/tools</c> is not sent twice.</summary>
public class ToolListTests
{
    [Fact]
    public async Task What_a_client_has_is_not_sent_again_until_it_changes()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            Manifests.Shop(new Uri("https://shop.example")),
            201,
            type: "application/yaml"
        );
        using var reader = await gateway.ClientAsync("reader");

        var (_, tag) = await GetAsync(gateway.Client, null);
        var (again, same) = await GetAsync(gateway.Client, tag);
        var (other, _) = await GetAsync(reader, tag);
        await gateway.Client.SendAsync(
            "PATCH",
            "/v1/projects/p/connectors/shop",
            """{"readOnly":true}""",
            ifMatch: "*"
        );
        var (changed, _) = await GetAsync(gateway.Client, tag);

        Assert.Equal((304, tag), (again, same));
        Assert.Equal(200, other);
        Assert.Equal(200, changed);
    }

    private static async Task<(int Status, EntityTagHeaderValue? Tag)> GetAsync(
        HttpClient client,
        EntityTagHeaderValue? known
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tools?project=p");
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
        return ((int)answer.StatusCode, answer.Headers.ETag);
    }
}
