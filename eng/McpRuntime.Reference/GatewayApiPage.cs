using System.Text.Json;

namespace McpRuntime.Reference;

/// <summary>
/// <c>docs/reference/gateway-api.md</c>: the operations of the gateway, from the OpenAPI document that it serves.
/// </summary>
internal static class GatewayApiPage
{
    private const string Intro =
        "The operations of the gateway's own API, from its OpenAPI document (`GET /v1/openapi.json`), which also has the "
        + "schemas of requests and answers. A caller needs one of the rights, which [roles](../gateway/callers.md) give; no "
        + "right means that any token is enough. MCP itself is at `/mcp`, `/mcp/{connector}` and `/projects/{project}/mcp`.";

    public static Page Make(string documentFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(documentFile));
        var operations = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Where(method => method.Value.TryGetProperty("responses", out _))
                    .Select(method =>
                        (Path: path.Name, Method: method.Name.ToUpperInvariant(), Operation: method.Value)
                    )
            )
            .GroupBy(operation => operation.Operation.GetProperty("tags")[0].GetString()!);
        return Page.Reference(
            "gateway-api.md",
            "The gateway's API",
            [
                Intro,
                .. operations.SelectMany(group =>
                    new[]
                    {
                        $"## {group.Key}",
                        Markdown.Table(
                            ["operation", "what it does", "rights"],
                            group.Select(operation => Row(operation.Path, operation.Method, operation.Operation))
                        ),
                    }
                ),
            ]
        );
    }

    private static string[] Row(string path, string method, JsonElement operation)
    {
        var text = $"{Text(operation, "summary")} {Text(operation, "description")}";
        var isOpen = operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;
        var rights =
            operation.TryGetProperty("x-rights", out var names)
                ? string.Join(", ", names.EnumerateArray().Select(name => Markdown.Code(name.GetString()!)))
            : isOpen ? "no token"
            : "";
        return [Markdown.Code($"{method} {path}"), Markdown.Escape(text.Trim()), rights];
    }

    private static string Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
