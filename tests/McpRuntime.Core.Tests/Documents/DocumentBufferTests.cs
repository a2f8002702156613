using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Documents;

/// <summary>Memory of one document serves the next.</summary>
public class DocumentBufferTests
{
    private static readonly string Document = $$"""
        {
          "openapi": "3.1.1",
          "info": { "title": "Shop", "version": "1.0.0", "x-filler": "{{new string('x', 300_000)}}" },
          "servers": [{ "url": "https://shop.example" }],
          "paths": {
            "/items": {
              "post": {
                "operationId": "addItem", "summary": "Adds", "description": "Adds an item to the shop.",
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Item" } } } },
                "responses": { "200": { "description": "Done", "content": { "application/json": { "schema": { "type": "object", "properties": { "id": { "type": "string", "description": "The identifier" } } } } } } }
              }
            }
          },
          "components": { "schemas": { "Item": { "type": "object", "properties": { "name": { "type": "string", "description": "A name of the item" }, "like": { "$ref": "#/components/schemas/Item" } }, "minProperties": "none" } } }
        }
        """;

    [Fact]
    public async Task What_an_import_says_does_not_change_when_its_document_is_overwritten()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("shop.json", Document);
        var result = await new OpenApiImporter(new DocumentLoader(new DocumentLimits())).ImportAsync(
            new DocumentSource.FromFile(path), new ImportOptions(), TestContext.Current.CancellationToken);
        var (manifest, findings) = (Text(result.Manifest!), string.Join('\n', result.Findings));

        using var buffer = DocumentBuffer.OfLength(Encoding.UTF8.GetByteCount(Document) + 1);
        buffer.Free.Span.Fill((byte)'?');

        Assert.Equal(manifest, Text(result.Manifest!));
        Assert.Equal(findings, string.Join('\n', result.Findings));
        Assert.Equal(64, result.Manifest!.Source!.Sha256!.Length);
    }

    [Fact]
    public void Memory_that_is_given_back_serves_one_at_a_time()
    {
        var first = DocumentBuffer.OfLength(100_000);
        first.Dispose();
        first.Dispose();

        using var second = DocumentBuffer.OfLength(90_000);
        using var third = DocumentBuffer.OfLength(90_000);

        Assert.False(second.Free.Span.Overlaps(third.Free.Span));
        Assert.Throws<ObjectDisposedException>(() => first.Written);
    }

    private static string Text(ConnectorManifest manifest) => Encoding.UTF8.GetString(ManifestWriter.ToUtf8(manifest).Span);
}
