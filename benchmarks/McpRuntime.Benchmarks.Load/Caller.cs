using System.Net.Http.Headers;
using System.Text;

namespace McpRuntime.Benchmarks.Load;

/// <summary>Calls the one tool, in one of the ways that are compared.</summary>
internal sealed class Caller(HttpClient client, Uri url, string token, string? revision, string? session)
{
    private static readonly byte[] Old = Encoding.UTF8.GetBytes(
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_item","arguments":{"id":7}}}"""
    );

    private static readonly byte[] New = Encoding.UTF8.GetBytes(
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_item","arguments":{"id":7},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}"""
    );

    public const string Modern = "2026-07-28";

    /// <summary>Begins a session and returns its caller.</summary>
    public static async Task<Caller> BeginAsync(HttpClient client, Uri gateway, string token)
    {
        var url = new Uri(gateway, "/mcp");
        using var request = Post(
            url,
            token,
            Encoding.UTF8.GetBytes(
                """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}"""
            )
        );
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return new Caller(client, url, token, "2025-11-25", answer.Headers.GetValues("Mcp-Session-Id").Single());
    }

    public async Task CallAsync()
    {
        using var request = Post(url, token, revision == Modern ? New : Old);
        if (revision is not null)
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", revision);
        if (revision == Modern)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Method", "tools/call");
            request.Headers.TryAddWithoutValidation("Mcp-Name", "get_item");
        }
        if (session is not null)
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode || body.Length < 1000)
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {Encoding.UTF8.GetString(body)}");
    }

    private static HttpRequestMessage Post(Uri url, string token, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return request;
    }
}
