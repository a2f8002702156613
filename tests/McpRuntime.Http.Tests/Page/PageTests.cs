using McpRuntime.Http.Hosting;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.Page;

/// <summary>The page in a real browser.</summary>
public class PageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_looks_calls_a_tool_and_sees_the_call()
    {
        await using var upstream = Manifests.Upstream("""{"id":7,"name":"<b>lamp</b>"}""");
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        home.Write("connectors/broken.yaml", "connector: { name: broken, tools: 7 }");

        Assert.Equal(5, await RunAsync("page-check.mjs", home));
    }

    [Fact]
    public async Task What_is_typed_is_sent_what_is_answered_is_shown_and_what_fails_says_why()
    {
        await using var upstream = RecordingUpstream.Start((request, connection, cancellationToken) => connection.SendAsync(
            request.Method == "GET"
                ? UpstreamAnswer.Json("""{"error":"There is no order 7"}""", 404)
                : UpstreamAnswer.Json("""{"id":9223372036854775807,"price":1.10,"text":"9223372036854775807 \" 1.10"}"""),
            cancellationToken));
        using var home = new TemporaryFolder();
        home.Write("connectors/orders.yaml", Orders(upstream.Url));
        home.Write("connectors/broken.yaml", "connector: { name: broken, tools: 7 }");

        Assert.Equal(6, await RunAsync("page-forms.mjs", home));

        var orders = upstream.Requests.Where(request => request.Method == "POST").ToList();
        Assert.Equal(2, orders.Count);
        Assert.All(orders, order => Assert.Equal(
            "/orders?elements=9223372036854775807&append=text&querySelector=0.10&onsubmit=9007199254740993&onsubmit=1e2&level=9007199254740993", order.Target));
        Assert.All(orders, order => Assert.Equal("""{"id":-9007199254740993}""", order.BodyText));
    }

    [Fact]
    public async Task The_page_runs_only_its_own_script_and_asks_nobody_else()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/", Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Matches("script-src 'sha256-[^']{44}'; style-src 'sha256-[^']{44}'; connect-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch("(src|href)=\"?http", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>Runs a script of tests/external against a gateway with the home's connectors; returns how many screenshots it took.</summary>
    private static async Task<int> RunAsync(string script, TemporaryFolder home)
    {
        var node = External.Node();
        var chromium = External.Program("chromium");
        External.Package("playwright-core", "package.json");
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var shots = Path.Combine(Environment.GetEnvironmentVariable("MCP_TEST_SCREENSHOTS") ?? home.PathOf("shots"), Path.GetFileNameWithoutExtension(script));
        Directory.CreateDirectory(shots);
        var run = await ProcessRunner.RunAsync(
            node,
            [Path.Combine(External.Folder, script), gateway.Url.AbsoluteUri, gateway.Token!, shots, chromium],
            limit: TimeSpan.FromMinutes(2),
            cancellationToken: Cancelled);
        Assert.True(run.ExitCode == 0, run.ToString());
        return Directory.GetFiles(shots, "*.png").Length;
    }

    // Arguments that are named like members of a form, and numbers that JavaScript's own cannot hold.
    private static string Orders(Uri api) => $$"""
        connector:
          manifest_version: 2
          name: orders
          version: 1.0.0
          base_url: {{api.AbsoluteUri.TrimEnd('/')}}
          tools:
          - name: send_order
            description: Sends an order.
            endpoint: POST /orders
            arguments:
              elements: { in: query, name: elements, style: form, explode: true }
              append: { in: query, name: append, style: form, explode: true }
              querySelector: { in: query, name: querySelector, style: form, explode: true }
              onsubmit: { in: query, name: onsubmit, style: form, explode: true }
              level: { in: query, name: level, style: form, explode: true }
            body: { content_type: application/json, required: true, argument: item }
            input_schema:
              type: object
              properties:
                elements: { type: integer }
                append: { type: string }
                querySelector: { type: number }
                onsubmit: { type: array, items: { type: number } }
                level: { enum: [9007199254740993, 2] }
                item: { type: object }
              required: [item]
          - name: find_order
            description: Finds an order.
            endpoint: GET /orders/{id}
            arguments:
              id: { in: path, name: id, style: simple, explode: false }
            input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
        """;
}
