using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Audits;

/// <summary>The audit is found by caller, tool, time and outcome, and exported whole.</summary>
public class AuditFilterTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("action=tool.call", 4)]
    [InlineData("tool=get_item", 3)]
    [InlineData("tool=get%5Fitem&connector=shop", 2)]
    [InlineData("tool=item", 0)]
    [InlineData("tool=get%25", 0)]
    [InlineData("connector=vault", 2)] // installed, and called
    [InlineData("connector=vaul%5F", 0)]
    [InlineData("connector=shop&action=tool.call", 3)]
    [InlineData("project=team&tool=get_item", 1)]
    [InlineData("project=&tool=get_item", 2)]
    [InlineData("outcome=error&tool=delete_item", 1)]
    [InlineData("outcome=ok&action=tool.call", 3)]
    [InlineData("outcome=refused", 1)]
    [InlineData("since=2020-01-01T00:00:00Z&action=tool.call", 4)]
    [InlineData("since=2100-01-01", 0)]
    [InlineData("until=2020-01-01T00:00:00%2B01:00", 0)]
    [InlineData("caller=nobody", 0)]
    [InlineData("call=nothing", 0)]
    public async Task The_query_chooses(string query, int entries)
    {
        await using var upstream = Upstream();
        await using var gateway = await CalledAsync(upstream);

        var found = await gateway.Client.SendAsync("GET", $"/v1/audit?{query}");

        Assert.Equal(entries, found.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_caller_and_a_call_are_found_by_their_ids()
    {
        await using var upstream = Upstream();
        await using var gateway = await CalledAsync(upstream);
        using var other = await gateway.ClientAsync("reader");
        await other.SendAsync("POST", "/v1/tools/get_item", """{"id":9}""");
        var call = (await Audit.CallsAsync(gateway.Client, least: 5))[0];

        var ofCaller = await gateway.Client.SendAsync("GET", $"/v1/audit?caller={call.Text("caller")}");
        var ofCall = await gateway.Client.SendAsync("GET", $"/v1/audit?call={call.Text("callId")}");

        Assert.Equal(call.Text("id"), Assert.Single(ofCaller.GetProperty("entries").EnumerateArray()).Text("id"));
        Assert.Equal(call.Text("id"), Assert.Single(ofCall.GetProperty("entries").EnumerateArray()).Text("id"));
    }

    [Theory]
    [InlineData("outcom=refused", "'outcom' in the query is unknown; the audit is filtered by caller, action")]
    [InlineData("outcome=refus", "'outcome' in the query must be one of ok, error, refused, cancelled.")]
    [InlineData("since=yesterday", "'since' in the query must be a time such as")]
    [InlineData("limit=0", "'limit' in the query must be a whole number from 1 to 1000.")]
    public async Task What_cannot_be_a_filter_is_refused(string query, string message)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var problem = await gateway.Client.SendAsync("GET", $"/v1/audit?{query}", status: 400);

        Assert.Contains(message, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_all_entries_as_lines_of_json_oldest_first()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var log = (Http.Audit.AuditLog)gateway.App.Services.GetService(typeof(Http.Audit.AuditLog))!;
        // More than one piece.
        for (var i = 0; i < 2500; i++)
            log.Add(Entry($"target {i}"));
        await Audit.EntriesAsync(gateway.Client, entry => entry.Text("target") == "target 2499");

        using var answer = await gateway.Client.GetAsync("/v1/audit/export?action=test.entry", Cancelled);

        Assert.Equal("application/jsonl", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancelled)).Split('\n');
        Assert.Equal("", lines[^1]);
        var targets = lines[..^1].Select(line => JsonElement.Parse(line).Text("target"));
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => $"target {i}"), targets);
        var exported = await Audit.OfAsync(gateway.Client, "audit.export", "ok");
        Assert.Equal("action=test.entry", exported.Detail);
    }

    [Fact]
    public async Task An_export_holds_only_the_projects_of_the_caller()
    {
        await using var upstream = Upstream();
        await using var gateway = await CalledAsync(
            upstream,
            """{"roles": {"auditor": {"projects": ["team"], "access": "none", "rights": ["audit"]}}}"""
        );
        using var auditor = await gateway.ClientAsync("auditor");

        var lines = (await auditor.GetStringAsync("/v1/audit/export", Cancelled)).Split('\n');
        var widened = await auditor.SendAsync("GET", "/v1/audit?project=");

        Assert.All(lines[..^1], line => Assert.Equal("team", JsonElement.Parse(line).Text("project")));
        Assert.Contains(lines, line => line.Contains("team/vault:get_item", StringComparison.Ordinal));
        Assert.Equal(0, widened.GetProperty("entries").GetArrayLength());
        using var reader = await gateway.ClientAsync("reader");
        await reader.SendAsync("GET", "/v1/audit/export", status: 403);
    }

    private static Http.Audit.AuditEntry Entry(string target) =>
        new(DateTimeOffset.UtcNow, "test", "test.entry", target, "ok", TimeSpan.Zero, "", "");

    private static RecordingUpstream Upstream() =>
        RecordingUpstream.Start(request =>
            request.Method == "DELETE" ? UpstreamAnswer.Empty(404) : UpstreamAnswer.Json("{}")
        );

    // Two good calls and a failed one of the folder's shop, one of a project's vault, and a refused change.
    private static async Task<RunningGateway> CalledAsync(RecordingUpstream upstream, string? roles = null)
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var gateway = await RunningGateway.StartAsync(
            roles is null
                ? [Manifests.Loopback]
                : [Manifests.Loopback, ("ROLES_FILE", home.Write("roles.json", roles))],
            home
        );
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/team/connectors",
            Manifests.Shop(upstream.Url, "vault"),
            201,
            type: "application/yaml"
        );
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 409);
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":1}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":2}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/delete_item", """{"id":1}""");
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item?project=team", """{"id":1}""");
        await Audit.CallsAsync(gateway.Client, least: 4);
        return gateway;
    }
}
