using System.Net.Http.Headers;
using System.Text;

namespace McpRuntime.Http.Tests.Projects;

/// <summary>If-Match and If-None-Match on every change: no one writes over what they have not seen.</summary>
public class PreconditionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "/v1/projects/p", """{"title":"t"}""")]
    [InlineData("DELETE", "/v1/projects/p", null)]
    [InlineData("PATCH", "/v1/projects/p/connectors/shop", """{"readOnly":true}""")]
    [InlineData("DELETE", "/v1/projects/p/connectors/shop", null)]
    [InlineData("POST", "/v1/projects/p/connectors", "manifest")]
    [InlineData("POST", "/v1/projects/p/imports", "import")]
    public async Task A_change_of_what_is_there_needs_a_condition_that_holds(string method, string path, string? body)
    {
        await using var gateway = await StartAsync();
        var isProject = path is "/v1/projects/p";
        var now = (await gateway.Client.SendAsync("GET", isProject ? path : "/v1/projects/p/connectors/shop")).Text(
            "etag"
        );
        (string Name, string? Value, int Status)[] refused =
        [
            ("If-Match", null, 428),
            ("If-Match", "\"1\"", 412),
            ("If-Match", "\"1-0\", \"2-0\"", 412),
            ("If-Match", "W/" + now, 412),
            ("If-Match", now.Trim('"'), 400),
            ("If-Match", "", 400),
            ("If-None-Match", "*", 428),
        ];
        foreach (var (name, value, status) in refused)
            Assert.Equal(
                status,
                await StatusAsync(gateway.Client, method, path, body, value is null ? [] : [(name, value)])
            );
        // Both hold, or the change is not made.
        Assert.Equal(
            412,
            await StatusAsync(gateway.Client, method, path, body, [("If-Match", now), ("If-None-Match", now)])
        );
        Assert.Equal(
            now,
            (await gateway.Client.SendAsync("GET", isProject ? path : "/v1/projects/p/connectors/shop")).Text("etag")
        );

        Assert.InRange(
            await StatusAsync(
                gateway.Client,
                method,
                path,
                body,
                [("If-Match", "\"1-0\", " + now), ("If-None-Match", "\"1-0\"")]
            ),
            200,
            204
        );
    }

    [Theory]
    [InlineData("/v1/projects", """{"name":"new"}""")]
    [InlineData("/v1/projects/q/connectors", "manifest")]
    [InlineData("/v1/projects/q/imports", "import")]
    public async Task What_is_only_to_be_made_is_not_made_twice(string path, string body)
    {
        await using var gateway = await StartAsync();

        Assert.Equal(412, await StatusAsync(gateway.Client, "POST", path, body, [("If-Match", "*")]));
        Assert.Equal(201, await StatusAsync(gateway.Client, "POST", path, body, [("If-None-Match", "*")]));
        Assert.NotEqual(201, await StatusAsync(gateway.Client, "POST", path, body, [("If-None-Match", "*")]));
    }

    [Fact]
    public async Task A_tag_of_what_was_deleted_does_not_fit_what_was_made_again()
    {
        await using var gateway = await StartAsync();
        var old = (await gateway.Client.SendAsync("GET", "/v1/projects/p")).Text("etag");
        var connector = (await gateway.Client.SendAsync("GET", "/v1/projects/p/connectors/shop")).Text("etag");
        await gateway.Client.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: old);
        string again;
        do
        {
            // The clock may not have moved on; what was made again in the same millisecond is not told from the former.
            again = (await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201)).Text("etag");
            if (again == old)
                await gateway.Client.SendAsync("DELETE", "/v1/projects/p", status: 204, ifMatch: again);
        } while (again == old);
        await gateway.Client.SendAsync("POST", "/v1/projects/p/connectors", Manifest, 201, type: "application/yaml");

        await gateway.Client.SendAsync("DELETE", "/v1/projects/p", status: 412, ifMatch: old);
        await gateway.Client.SendAsync(
            "PATCH",
            "/v1/projects/p/connectors/shop",
            """{"enabled":false}""",
            412,
            connector
        );
    }

    [Theory]
    [InlineData("POST", "/v1/runtime/drain", "{}")]
    [InlineData("POST", "/v1/runtime/stop", null)]
    [InlineData("POST", "/v1/tokens", """{"name":"x","roles":["reader"]}""")]
    [InlineData("DELETE", "/v1/tokens/abc", null)]
    public async Task A_tag_for_what_has_none_is_refused(string method, string path, string? body)
    {
        await using var gateway = await StartAsync();

        Assert.Equal(412, await StatusAsync(gateway.Client, method, path, body, [("If-Match", "\"1-0\"")]));
        Assert.Equal("False", (await gateway.Client.SendAsync("GET", "/v1/runtime")).Text("draining"));
    }

    private static string Manifest => Manifests.Shop(new Uri("https://shop.example"));

    private static string Import =>
        """
            {"name":"shop","document":{"openapi":"3.0.3","info":{"title":"Shop","version":"1"},"servers":[{"url":"https://shop.example"}],
             "paths":{"/a":{"get":{"operationId":"readA","responses":{"200":{"description":"ok"}}}}}}}
            """;

    private static async Task<RunningGateway> StartAsync()
    {
        var gateway = await RunningGateway.StartAsync();
        foreach (var project in new[] { "p", "q" })
            await gateway.Client.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
        await gateway.Client.SendAsync("POST", "/v1/projects/p/connectors", Manifest, 201, type: "application/yaml");
        return gateway;
    }

    private static async Task<int> StatusAsync(
        HttpClient client,
        string method,
        string path,
        string? body,
        (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new StringContent(
                body switch
                {
                    "manifest" => Manifest,
                    "import" => Import,
                    _ => body,
                },
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
        }
        using var answer = await client.SendAsync(request, Cancelled);
        return (int)answer.StatusCode;
    }
}
