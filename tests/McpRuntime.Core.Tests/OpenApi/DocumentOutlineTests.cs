using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi;
using McpRuntime.Testing;

namespace McpRuntime.Tests.OpenApi;

/// <summary>The operations of a document, for the choices of an import.</summary>
public class DocumentOutlineTests
{
    [Fact]
    public async Task Lists_methods_paths_ids_and_tags()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "api.yaml");
        await File.WriteAllTextAsync(
            path,
            """
            openapi: 3.1.0
            info: { title: T, version: '1' }
            paths:
              /pets/{id}: { get: { operationId: getPet, tags: [pets, Admin area] }, delete: {} }
              /other: { $ref: 'other.yaml' }
            """,
            TestContext.Current.CancellationToken
        );
        var operations = await DocumentOutline.ReadAsync(
            path,
            new DocumentLimits(),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["GET /pets/{id} getPet pets,Admin area", "DELETE /pets/{id}  "],
            operations.Select(operation =>
                $"{operation.Method} {operation.Path} {operation.OperationId} {string.Join(',', operation.Tags)}"
            )
        );
    }

    [Fact]
    public async Task Refuses_what_is_not_there() =>
        await Assert.ThrowsAsync<FindingsException>(() =>
            DocumentOutline.ReadAsync("/none/at/all.yaml", new DocumentLimits(), TestContext.Current.CancellationToken)
        );
}
