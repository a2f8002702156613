using McpRuntime.Testing;

namespace McpRuntime.Http.Tests;

/// <summary>Connectors of the tests, whose API is an upstream of the test.</summary>
internal static class Manifests
{
    /// <summary>Loopback is private, so the tests' gateways list it.</summary>
    public static readonly (string Name, string Value) Loopback = ("ALLOWED_NETWORKS", "127.0.0.0/8");

    public static string Shop(Uri api, string name = "shop") =>
        $$"""
            connector:
              manifest_version: 2
              name: "{{name}}"
              version: 1.0.0
              base_url: {{api.AbsoluteUri.TrimEnd('/')}}
              tools:
              - name: get_item
                description: Reads one item.
                endpoint: GET /items/{id}
                arguments:
                  id: { in: path, name: id, style: simple, explode: false }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
              - name: add_item
                description: Adds an item.
                endpoint: POST /items
                arguments: {}
                body: { content_type: application/json, required: true, argument: item }
                input_schema: { type: object, properties: { item: { type: object } }, required: [item] }
              - name: delete_item
                description: Deletes an item.
                endpoint: DELETE /items/{id}
                arguments:
                  id: { in: path, name: id, style: simple, explode: false }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
            """;

    /// <summary>An upstream that answers every request with the same JSON.</summary>
    public static RecordingUpstream Upstream(string json = """{"id":7,"name":"lamp"}""") =>
        RecordingUpstream.Start(
            (_, connection, cancellationToken) => connection.SendAsync(UpstreamAnswer.Json(json), cancellationToken)
        );
}
