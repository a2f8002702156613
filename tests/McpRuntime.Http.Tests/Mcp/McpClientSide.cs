using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Http.Tests.Mcp;

/// <summary>Writes MCP requests by hand, as the specification has them, and reads both forms of replies.</summary>
internal static class McpClientSide
{
    public const string New = "2026-07-28";

    private const string Meta =
        """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A request of 2026-07-28 with the headers it needs.</summary>
    public static HttpRequestMessage Modern(
        string method,
        string members = "",
        string? name = null,
        string path = "/mcp",
        string id = "1"
    )
    {
        var parameters = members.Length == 0 ? Meta : $"{members},{Meta}";
        var request = Post(
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{ {{parameters}} } }""",
            path
        );
        request.Headers.Add("MCP-Protocol-Version", New);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
            request.Headers.Add("Mcp-Name", name);
        return request;
    }

    public static HttpRequestMessage Call(string tool, string arguments, string path = "/mcp") =>
        Modern("tools/call", $$""" "name":"{{tool}}","arguments":{{arguments}} """, tool, path);

    /// <summary>Any POST of a message.</summary>
    public static HttpRequestMessage Post(string body, string path = "/mcp", string? session = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (session is not null)
            request.Headers.Add("Mcp-Session-Id", session);
        return request;
    }

    /// <summary>Begins a session of the revision and returns its id.</summary>
    public static async Task<string> InitializeAsync(
        this HttpClient client,
        string revision = "2025-11-25",
        string path = "/mcp"
    )
    {
        using var answer = await client.SendAsync(
            Post(
                $$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{revision}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }""",
                path
            ),
            Cancelled
        );
        answer.EnsureSuccessStatusCode();
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var noted = await client.SendAsync(
            Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", path, session),
            Cancelled
        );
        Assert.Equal(System.Net.HttpStatusCode.Accepted, noted.StatusCode);
        return session;
    }

    /// <summary>Sends and reads the JSON of the reply.</summary>
    public static async Task<JsonElement> JsonAsync(
        this HttpClient client,
        HttpRequestMessage request,
        int status = 200
    )
    {
        using var sent = request;
        using var answer = await client.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            text = text.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))[6..];
        return JsonElement.Parse(text);
    }

    public static IEnumerable<string> ToolNames(this JsonElement reply) =>
        reply
            .GetProperty("result")
            .GetProperty("tools")
            .EnumerateArray()
            .Select(tool => tool.GetProperty("name").GetString()!);

    public static string Text(this JsonElement reply) =>
        reply.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    public static int ErrorCode(this JsonElement reply) => reply.GetProperty("error").GetProperty("code").GetInt32();
}
