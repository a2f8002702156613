using System.Text;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Serving;

/// <summary>
/// A script that does what a model would do: with all tools listed it calls one by name; with search tools it searches
/// in words, takes the first tool and calls it. The same requests reach the API, at a small part of the tokens.
/// </summary>
public sealed class ScriptedAgentTests : IDisposable
{
    // What is wanted, the tool that does it, and its arguments.
    private static readonly (string Request, string Tool, string Arguments)[] Tasks =
    [
        ("list the invoices of a customer", "list_customer_invoices", """{"customer_id":3}"""),
        ("get one product", "get_product", """{"product_id":4}"""),
        ("create a refund", "create_refund", """{"refund":{"amount":5}}"""),
        ("delete a coupon", "delete_coupon", """{"coupon_id":6}"""),
        ("update a subscription", "update_subscription", """{"subscription_id":7,"subscription":{"plan":"b"}}"""),
        ("list all warehouses", "list_warehouses", "{}"),
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
    public async Task The_same_requests_reach_the_api_in_both_modes_at_less_than_a_fifth_of_the_tokens()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector("shop", Manifest(upstream.Url.ToString().TrimEnd('/')));

        var all = await RunAsync("all");
        var direct = Requests(upstream, 0);
        var search = await RunAsync("search");
        var found = Requests(upstream, direct.Length);

        Assert.Equal(Tasks.Length, direct.Length);
        Assert.Equal(direct, found);
        TestContext.Current.TestOutputHelper?.WriteLine($"all: {all / 4} tokens, search: {search / 4} tokens");
        Assert.True(search * 5 < all, $"all: {all / 4} tokens, search: {search / 4} tokens");
    }

    /// <summary>Does all tasks in one session; the bytes that a model would have read.</summary>
    private async Task<int> RunAsync(string mode)
    {
        await using var session = new ServeSession(_runtime, "--expose", mode);
        var hello = (await session.InitializeAsync()).GetProperty("result").GetProperty("instructions").GetString()!;
        var list = await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        var read = Length(hello) + Length(list.GetProperty("result").GetProperty("tools").GetRawText());
        foreach (var (request, tool, arguments) in Tasks)
        {
            if (mode == "all")
            {
                read += await CallAsync(session, tool, arguments);
                continue;
            }
            var found = ExposeTests.Text(
                await session.AskAsync(
                    ExposeTests.Call("search_tools", JsonSerializer.Serialize(new { query = request }))
                )
            );
            var line = found.Split('\n')[0];
            var name = line[..line.IndexOf('(', StringComparison.Ordinal)];
            var access = line[
                (line.IndexOf("// ", StringComparison.Ordinal) + 3)..line.IndexOf(
                    ':',
                    line.IndexOf("// ", StringComparison.Ordinal)
                )
            ];
            read +=
                Length(found)
                + await CallAsync(
                    session,
                    $"call_{access}_tool",
                    $$"""{"name":"{{name}}","arguments":{{arguments}} }"""
                );
        }
        return read;
    }

    private static async Task<int> CallAsync(ServeSession session, string tool, string arguments)
    {
        var result = (await session.AskAsync(ExposeTests.Call(tool, arguments))).GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out _), result.GetRawText());
        return Length(result.GetRawText());
    }

    private static string[] Requests(RecordingUpstream upstream, int skip) =>
        [.. upstream.Requests.Skip(skip).Select(request => $"{request.Method} {request.Target} {request.BodyText}")];

    private static int Length(string text) => Encoding.UTF8.GetByteCount(text);

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
