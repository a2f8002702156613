using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi;

/// <summary>An operation as far as the choices of an import ask for it.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">Path template.</param>
/// <param name="OperationId">The document's <c>operationId</c>; null where it has none.</param>
/// <param name="Tags">As the document spells them.</param>
public sealed record OutlinedOperation(string Method, string Path, string? OperationId, IReadOnlyList<string> Tags);

/// <summary>Lists the operations of a document without importing it, to complete the choices of an import.</summary>
public static class DocumentOutline
{
    /// <summary>The operations of a regular file; those that are in other documents are left out.</summary>
    /// <exception cref="Diagnostics.FindingsException">It cannot be read, or is not JSON or YAML.</exception>
    public static async Task<IReadOnlyList<OutlinedOperation>> ReadAsync(
        string path,
        DocumentLimits limits,
        CancellationToken cancellationToken
    )
    {
        // A pipe would lose what it holds.
        using var loaded = await new DocumentLoader(limits).LoadAsync(
            new DocumentSource.FromFile(path),
            static _ => "not followed",
            cancellationToken
        );
        var document = new SpecDocument(loaded.Location, loaded.BaseUri, loaded.Json.RootElement);
        var operations = OperationEnumerator
            .Of(document, new ReferenceResolver(DocumentSet.Of(document)))
            .Value.Operations;
        return
        [
            .. operations.Select(head => new OutlinedOperation(
                head.Method,
                head.Path,
                head.OperationId,
                [.. head.Tags]
            )),
        ];
    }
}
