using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using McpRuntime.Module.Tests.Pester;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Tools;

/// <summary>A call of Invoke-McpTool leaves one span, one duration and one line of the audit.</summary>
[Collection(nameof(HostedPesterTests))]
public sealed class OneRecordTests
{
    [Fact]
    public async Task A_call_leaves_one_span_one_duration_and_one_line_of_the_audit()
    {
        const string Connector = "one-cmdlet";
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7}"""));
        using var home = new TemporaryFolder();
        using var environment = await HostedEnvironment.SetAsync(home);
        Environment.SetEnvironmentVariable("MCP_RUNTIME_CONNECTORS_DIR", home.PathOf("connectors"));
        Environment.SetEnvironmentVariable("MCP_RUNTIME_DATA_DIR", home.PathOf("data"));
        Environment.SetEnvironmentVariable("MCP_RUNTIME_CACHE_DIR", home.PathOf("cache"));
        Environment.SetEnvironmentVariable("MCP_RUNTIME_ALLOWED_NETWORKS", "127.0.0.0/8");
        Environment.SetEnvironmentVariable("MCP_RUNTIME_AUDIT_FILE", home.PathOf("audit.jsonl"));
        home.Write(
            "connectors/shop.yaml",
            $$"""
            connector:
              manifest_version: 2
              name: {{Connector}}
              version: 1.0.0
              base_url: {{upstream.Url.AbsoluteUri.TrimEnd('/')}}
              tools:
              - name: get_item
                description: Reads one item.
                endpoint: GET /items/{id}
                arguments:
                  id: { in: path, name: id }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
            """
        );
        using var recorded = new RecordedCalls(Connector);

        Assert.Equal(
            7L,
            Convert.ToInt64(
                Invoke("Import-Module $env:TEST_MODULE; (Invoke-McpTool get_item -id 7).id"),
                System.Globalization.CultureInfo.InvariantCulture
            )
        );

        var span = Assert.Single(recorded.Spans);
        Assert.Single(recorded.Durations);
        var call = Assert.Single(upstream.Request.Header("X-Request-Id"));
        Assert.Equal(
            (call, "tools/call get_item", ActivityKind.Internal),
            (span.GetTagItem("mcp_runtime.call"), span.DisplayName, span.Kind)
        );
        var line = JsonElement.Parse(
            Assert.Single(
                await File.ReadAllLinesAsync(home.PathOf("audit.jsonl"), TestContext.Current.CancellationToken)
            )
        );
        Assert.Equal((call, "ok"), (line.GetProperty("call").GetString(), line.GetProperty("outcome").GetString()));
    }

    private static object Invoke(string script)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var powershell = PowerShell.Create(runspace);
        return Assert.Single(powershell.AddScript(script).Invoke()).BaseObject;
    }
}
