namespace McpRuntime.Browser.Tests;

/// <summary>Connectors whose API is an upstream of the test.</summary>
internal static class Manifests
{
    public static string Shop(Uri api) =>
        $$"""
            connector:
              manifest_version: 2
              name: shop
              version: 1.0.0
              base_url: {{api.AbsoluteUri.TrimEnd('/')}}
              tools:
              - name: get_item
                description: Reads one item.
                endpoint: GET /items/{id}
                arguments:
                  id: { in: path, name: id, style: simple, explode: false }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
            """;

    /// <summary>
    /// Arguments that are named like members of a form, and numbers that JavaScript's own cannot hold.
    /// </summary>
    public static string Orders(Uri api) =>
        $$"""
            connector:
              manifest_version: 2
              name: orders
              version: 1.0.0
              base_url: {{api.AbsoluteUri.TrimEnd('/')}}
              tools:
              - name: send_order
                description: Sends an order.
                endpoint: POST /orders
                arguments:
                  elements: { in: query, name: elements, style: form, explode: true }
                  append: { in: query, name: append, style: form, explode: true }
                  querySelector: { in: query, name: querySelector, style: form, explode: true }
                  onsubmit: { in: query, name: onsubmit, style: form, explode: true }
                  level: { in: query, name: level, style: form, explode: true }
                body: { content_type: application/json, required: true, argument: item }
                input_schema:
                  type: object
                  properties:
                    elements: { type: integer }
                    append: { type: string }
                    querySelector: { type: number }
                    onsubmit: { type: array, items: { type: number } }
                    level: { enum: [9007199254740993, 2] }
                    item: { type: object }
                  required: [item]
              - name: find_order
                description: Finds an order.
                endpoint: GET /orders/{id}
                arguments:
                  id: { in: path, name: id, style: simple, explode: false }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
            """;
}
