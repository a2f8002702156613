using McpRuntime.Http.Tests.Mcp;
using McpRuntime.Testing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.RuntimeControl;

/// <summary>Control, tools without MCP, health and metrics.</summary>
public class RuntimeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reload_brings_a_new_connector_and_says_what_is_wrong()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(home: home);
        using var admin = gateway.Admin();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        home.Write("connectors/broken.yaml", "connector: {}");

        var reloaded = await admin.SendAsync("POST", "/v1/runtime/reload");
        await admin.SendAsync("POST", "/v1/runtime/reload?connector=shop");
        await admin.SendAsync("POST", "/v1/runtime/reload?connector=broken", status: 404);

        Assert.Equal("shop", reloaded.GetProperty("connectors")[0].Text("name"));
        Assert.Contains("broken.yaml", reloaded.GetProperty("findings")[0].GetString());
        Assert.Contains("get_item", (await gateway.Client.JsonAsync(Modern("tools/list"))).ToolNames());
    }

    [Fact]
    public async Task A_disabled_connector_is_not_served_until_it_is_enabled()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync(home: home);
        using var admin = gateway.Admin();
        await gateway.Client.JsonAsync(Modern("tools/list"));

        var status = await admin.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""");
        Assert.Equal("False", status.GetProperty("connectors")[0].Text("enabled"));
        Assert.DoesNotContain("get_item", (await gateway.Client.JsonAsync(Modern("tools/list"))).ToolNames());
        await gateway.Client.JsonAsync(Modern("tools/list", path: "/mcp/shop"), 404);
        await admin.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":true}""");
        Assert.Contains("get_item", (await gateway.Client.JsonAsync(Modern("tools/list"))).ToolNames());
        await admin.SendAsync("PATCH", "/v1/runtime/connectors/nobody", """{"enabled":true}""", 404);
    }

    [Fact]
    public async Task A_disabled_connector_stays_disabled_over_a_restart_and_a_drain_ends_with_the_process()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        await using (var first = await RunningGateway.StartAsync(home: home))
        {
            await first.Client.SendAsync("PATCH", "/v1/runtime/connectors/shop", """{"enabled":false}""");
            await first.Client.SendAsync("POST", "/v1/runtime/drain", "{}");
            await first.StopAsync();
        }

        await using var second = await RunningGateway.StartAsync(home: home);

        Assert.DoesNotContain("get_item", (await second.Client.JsonAsync(Modern("tools/list"))).ToolNames());
        Assert.Equal("False", (await second.Client.SendAsync("GET", "/v1/runtime")).Text("draining"));
        Assert.Equal("ready", (await second.Client.SendAsync("GET", "/health/ready")).Text("status"));
    }

    [Fact]
    public async Task Without_a_token_readiness_is_yes_or_no()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Client.JsonAsync(Modern("tools/list"));

        Assert.Equal("""{"status":"ready"}""", await gateway.Anonymous.GetStringAsync("/health/ready", Cancelled));
        await gateway.Client.SendAsync("POST", "/v1/runtime/drain", "{}");

        using var drained = await gateway.Anonymous.GetAsync("/health/ready", Cancelled);
        Assert.Equal(503, (int)drained.StatusCode);
        Assert.Equal("""{"status":"not ready"}""", await drained.Content.ReadAsStringAsync(Cancelled));
        await gateway.Anonymous.SendAsync("GET", "/health", status: 401);
    }

    [Fact]
    public async Task A_draining_gateway_takes_nothing_new()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        await admin.SendAsync("POST", "/v1/runtime/drain", "{}");
        using var refused = await gateway.Client.SendAsync(Modern("tools/list"), Cancelled);
        await gateway.Client.SendAsync("GET", "/health/ready", status: 503);
        await gateway.Client.SendAsync("GET", "/health/live");
        await admin.SendAsync("POST", "/v1/runtime/drain", """{"draining":false}""");

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await gateway.Client.JsonAsync(Modern("tools/list"));
    }

    [Fact]
    public async Task A_stop_lets_a_running_call_finish()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var upstream = RecordingUpstream.Start(
            async (_, connection, cancellationToken) =>
            {
                arrived.SetResult();
                await answer.Task;
                await connection.SendAsync(UpstreamAnswer.Json("""{"id":7}"""), cancellationToken);
            }
        );
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();
        var call = gateway.Client.JsonAsync(Call("get_item", """{"id":7}"""));
        await arrived.Task.WaitAsync(ProcessRunner.HangGuard, Cancelled);

        await admin.SendAsync("POST", "/v1/runtime/stop", status: 202);
        answer.SetResult();

        Assert.False((await call).GetProperty("result").TryGetProperty("isError", out _));
    }

    [Fact]
    public async Task A_tool_is_called_without_MCP()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();

        var tools = await admin.SendAsync("GET", "/v1/tools");
        var answer = await admin.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");
        var failed = await admin.SendAsync("POST", "/v1/tools/get_item", """{"id":"seven"}""");
        await admin.SendAsync("POST", "/v1/tools/get_itm", "{}", 404);
        await gateway.Anonymous.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""", 401);

        Assert.Equal("GET /items/{id}", tools.GetProperty("tools")[0].Text("endpoint"));
        Assert.Equal(
            ("False", "200", "lamp"),
            (answer.Text("isError"), answer.Text("status"), answer.GetProperty("structured").Text("name"))
        );
        Assert.Equal("True", failed.Text("isError"));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_call_without_MCP_shows_the_headers_that_matter()
    {
        await using var upstream = RecordingUpstream.Start(
            new UpstreamAnswer(201, [], "Location: /items/8", "Set-Cookie: sid=1")
        );
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();

        var answer = await admin.SendAsync("POST", "/v1/tools/add_item", """{"item":{}}""");

        Assert.Equal("""{"Location":"/items/8"}""", answer.GetProperty("headers").GetRawText());
    }

    [Fact]
    public async Task Metrics_count_calls_by_connector_tool_and_outcome()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        using var admin = gateway.Admin();
        await admin.JsonAsync(Call("get_item", """{"id":7}"""));
        await admin.JsonAsync(Call("get_item", """{"id":8}"""));

        var text = await admin.GetStringAsync("/metrics", Cancelled);

        Assert.Contains(
            "mcp_server_operation_duration_seconds_count{mcp_method_name=\"tools/call\",gen_ai_tool_name=\"get_item\",mcp_runtime_connector=\"shop\"} 2\n",
            text
        );
        Assert.Contains("le=\"+Inf\"} 2\n", text);
        Assert.Contains("\nmcp_runtime_call_active 0\n", text);
        await gateway.Anonymous.SendAsync("GET", "/metrics", status: 401);
    }

    [Fact]
    public async Task Health_tells_others_only_that_it_is_well()
    {
        await using var upstream = Manifests.Upstream();
        using var home = Home(upstream);
        await using var gateway = await RunningGateway.StartAsync([("AUTHENTICATION", "open-loopback")], home);
        using var admin = gateway.Admin();
        await gateway.Anonymous.JsonAsync(Modern("tools/list"));

        Assert.Equal("""{"status":"ready"}""", await gateway.Anonymous.GetStringAsync("/health/ready", Cancelled));
        Assert.Equal(
            "not needed",
            (await admin.SendAsync("GET", "/health")).GetProperty("connectors")[0].Text("credentials")
        );
    }

    [Fact]
    public async Task The_recent_log_is_read_by_level()
    {
        using var home = new TemporaryFolder();
        home.Write("connectors/broken.yaml", "connector: {}");
        await using var gateway = await RunningGateway.StartAsync(home: home);
        using var admin = gateway.Admin();
        await gateway.Client.JsonAsync(Modern("tools/list"));

        var all = await admin.SendAsync("GET", "/v1/runtime/log");
        var errors = await admin.SendAsync("GET", "/v1/runtime/log?level=error");

        Assert.NotEqual(0, errors.GetProperty("lines").GetArrayLength());
        Assert.True(all.GetProperty("lines").GetArrayLength() > errors.GetProperty("lines").GetArrayLength());
        await admin.SendAsync("GET", "/v1/runtime/log?level=loud", status: 400);
    }

    [Fact]
    public async Task Development_begins_with_the_samples_where_there_is_nothing_else()
    {
        using var home = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartAsync([("ENVIRONMENT", "development")], home))
        {
            using var admin = gateway.Admin();
            await gateway.Client.JsonAsync(Modern("tools/list"));
            var status = await admin.SendAsync("GET", "/v1/runtime");
            Assert.NotEmpty(status.GetProperty("connectors").EnumerateArray());
        }
        using var own = new TemporaryFolder();
        own.Write("connectors/mine.yaml", "connector: {}");
        await using var other = await RunningGateway.StartAsync([("ENVIRONMENT", "development")], own);
        Assert.Single(Directory.GetFiles(own.PathOf("connectors")));
    }

    private static TemporaryFolder Home(RecordingUpstream upstream)
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        return home;
    }
}
