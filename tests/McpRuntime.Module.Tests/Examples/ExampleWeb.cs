using System.Text;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>The hosts that the examples name, with answers of their kind.</summary>
internal static class ExampleWeb
{
    private static readonly string Document = File.ReadAllText(
        RepositoryRoot.PathOf("tests", "examples", "openapi.json")
    );

    // GitHub's own declares no security scheme, and has tags.
    private static readonly string GitHub = Document
        .Replace("\"/api/v3\"", "\"https://api.github.com\"", StringComparison.Ordinal)
        .Replace(
            "\"securitySchemes\": { \"api_key\": { \"type\": \"apiKey\", \"in\": \"header\", \"name\": \"api_key\" } },",
            "",
            StringComparison.Ordinal
        )
        .Replace("\"security\": [ { \"api_key\": [] } ],", "\"security\": [],", StringComparison.Ordinal)
        .Replace(
            "\"operationId\": \"getIssue\",",
            "\"operationId\": \"issues/get\", \"tags\": [\"issues\"],",
            StringComparison.Ordinal
        );

    public static UpstreamAnswer Answer(string host, RecordedRequest request)
    {
        var path = request.Target.Split('?')[0];
        return (host, path) switch
        {
            ("petstore3.swagger.io", "/api/v3/openapi.json") => UpstreamAnswer.Json(Document),
            (_, _) when path.EndsWith("/api.github.com.json", StringComparison.Ordinal) => UpstreamAnswer.Json(GitHub),
            (_, "/openapi.json") => UpstreamAnswer.Json(
                Document.Replace("\"/api/v3\"", "\"https://api.example.com/v1\"", StringComparison.Ordinal)
            ),
            ("id.example.com", _) => UpstreamAnswer.Json(
                """{"access_token":"a","token_type":"Bearer","expires_in":3600}"""
            ),
            ("mcp.example.com", _) => Mcp(request),
            (_, _) when path.EndsWith("/photo", StringComparison.Ordinal) => new UpstreamAnswer(
                200,
                [0x89, 0x50, 0x4E, 0x47],
                "Content-Type: image/png"
            ),
            (_, _) when path.EndsWith("/pets", StringComparison.Ordinal) && request.Method == "GET" =>
                UpstreamAnswer.Json(
                    """[{"id":7,"name":"Rex","status":"sold"},{"id":8,"name":"Tom","status":"sold"}]"""
                ),
            (_, _) when path.EndsWith("/orders", StringComparison.Ordinal) => UpstreamAnswer.Json(
                request.Target.Contains("page=2", StringComparison.Ordinal) ? "[]" : Orders()
            ),
            _ => UpstreamAnswer.Json("""{"id":7,"name":"Rex","total":1,"items":[]}"""),
        };
    }

    private static string Orders() =>
        $"[{string.Join(',', Enumerable.Range(1, 20).Select(i => $$"""{"id":{{i}},"total":{{i * 20}} }"""))}]";

    // As much of an MCP server as a session with one needs, over Streamable HTTP.
    private static UpstreamAnswer Mcp(RecordedRequest request)
    {
        if (request.Method != "POST")
            return UpstreamAnswer.Empty(405);
        if (request.Header("Authorization") is not ["Bearer typed"])
            return UpstreamAnswer.Empty(401);
        var message = JsonElement.Parse(Encoding.UTF8.GetString(request.Body));
        if (!message.TryGetProperty("id", out var id))
            return UpstreamAnswer.Empty(202);
        return message.GetProperty("method").GetString() switch
        {
            "initialize" => Result(
                id,
                """{"protocolVersion":"2025-11-25","capabilities":{"tools":{} },"serverInfo":{"name":"example","version":"1"} }"""
            ),
            "tools/list" => Result(
                id,
                """{"tools":[{"name":"find","description":"Finds.","inputSchema":{"type":"object"} }]}"""
            ),
            _ => UpstreamAnswer.Json(
                $$$"""{"jsonrpc":"2.0","id":{{{id.GetRawText()}}},"error":{"code":-32601,"message":"No such method."} }"""
            ),
        };
    }

    private static UpstreamAnswer Result(JsonElement id, string result) =>
        UpstreamAnswer.Json($$"""{"jsonrpc":"2.0","id":{{id.GetRawText()}},"result":{{result}} }""");
}
