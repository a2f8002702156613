using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving.Agent;

/// <summary>
/// Six tasks over an API that is made here: the same requests reach it in both modes, at a small part of the tokens.
/// </summary>
public sealed class GeneratedApiTests : IDisposable
{
    private static readonly AgentTask[] Tasks =
    [
        new("list the invoices of a customer", "list_customer_invoices", """{"customer_id":3}"""),
        new("get one product", "get_product", """{"product_id":4}"""),
        new("create a refund", "create_refund", """{"refund":{"amount":5}}"""),
        new("delete a coupon", "delete_coupon", """{"coupon_id":6}"""),
        new("update a subscription", "update_subscription", """{"subscription_id":7,"subscription":{"plan":"b"}}"""),
        new("list all warehouses", "list_warehouses", "{}"),
    ];

    private static readonly string[] Nouns =
    [
        "account",
        "address",
        "campaign",
        "category",
        "contract",
        "coupon",
        "currency",
        "customer",
        "discount",
        "dispute",
        "document",
        "employee",
        "invoice",
        "order",
        "payment",
        "product",
        "refund",
        "shipment",
        "subscription",
        "supplier",
        "tax_rate",
        "ticket",
        "user",
        "warehouse",
    ];

    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task The_same_requests_reach_the_api_in_both_modes_at_less_than_half_of_the_tokens()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("shop", Manifest(upstream.Url.ToString().TrimEnd('/')));

        var agent = new ScriptedAgent(_runtime);
        var all = await agent.RunAsync("all", Tasks);
        var direct = Requests(upstream, 0);
        var search = await agent.RunAsync("search", Tasks);
        var found = Requests(upstream, direct.Length);

        Assert.Equal(Tasks.Length, direct.Length);
        Assert.Equal(direct, found);
        var (many, few) = (all.Start + all.Work, search.Start + search.Work);
        TestContext.Current.TestOutputHelper?.WriteLine($"all: {many} tokens, search: {few} tokens");
        Assert.True(few * 2 < many, $"all: {many} tokens, search: {few} tokens");
    }

    private static string[] Requests(RecordingUpstream upstream, int skip) =>
        [.. upstream.Requests.Skip(skip).Select(request => $"{request.Method} {request.Target} {request.BodyText}")];

    private static string Manifest(string url)
    {
        var manifest = new StringBuilder(
            $"connector:\n  manifest_version: 2\n  name: shop\n  version: 1.0.0\n  base_url: {url}\n  tools:\n"
        );
        foreach (var noun in Nouns)
        {
            var plural = noun is "address" or "tax_rate"
                ? noun == "address"
                    ? "addresses"
                    : "tax_rates"
                : noun.EndsWith('y')
                    ? $"{noun[..^1]}ies"
                    : $"{noun}s";
            Add(manifest, $"list_{plural}", $"List all {plural}", $"GET /{plural}", id: null, body: null);
            Add(manifest, $"create_{noun}", $"Create a {noun}", $"POST /{plural}", id: null, body: noun);
            Add(
                manifest,
                $"get_{noun}",
                $"Get one {noun}",
                $"GET /{plural}/{{{noun}_id}}",
                id: $"{noun}_id",
                body: null
            );
            Add(
                manifest,
                $"update_{noun}",
                $"Update a {noun}",
                $"PATCH /{plural}/{{{noun}_id}}",
                id: $"{noun}_id",
                body: noun
            );
            Add(
                manifest,
                $"delete_{noun}",
                $"Delete a {noun}",
                $"DELETE /{plural}/{{{noun}_id}}",
                id: $"{noun}_id",
                body: null
            );
            if (noun != "customer")
                Add(
                    manifest,
                    $"list_customer_{plural}",
                    $"List the {plural} of a customer",
                    $"GET /customers/{{customer_id}}/{plural}",
                    id: "customer_id",
                    body: null
                );
        }
        return manifest.ToString();
    }

    private static void Add(
        StringBuilder manifest,
        string name,
        string title,
        string endpoint,
        string? id,
        string? body
    )
    {
        var properties = new[]
        {
            id is null ? null : $"{id}: {{ type: integer }}",
            body is null ? null : $"{body}: {{ type: object, description: What the {body} is. }}",
        };
        var required = new[] { id, body };
        manifest.Append(
            $"  - name: {name}\n    title: {title}\n    description: {title}. Answers with what the API has.\n    endpoint: {endpoint}\n"
        );
        manifest.Append(
            id is null ? "    arguments: {}\n" : $"    arguments: {{ {id}: {{ in: path, name: {id} }} }}\n"
        );
        if (body is not null)
            manifest.Append($"    body: {{ content_type: application/json, required: true, argument: {body} }}\n");
        manifest.Append(
            $"    input_schema: {{ type: object, properties: {{ {string.Join(", ", properties.OfType<string>())} }}, required: [ {string.Join(", ", required.OfType<string>())} ] }}\n"
        );
    }
}
