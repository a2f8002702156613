using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.References;

/// <summary>
/// Reads the documents that the chosen operations refer to, and those that these refer to, before anything is
/// projected.
/// </summary>
/// <param name="policy">Which documents may be read.</param>
/// <param name="limits">How many, how large and how far away.</param>
/// <param name="read">Reads one, as a version that it need not state itself; gives its size too. Throws
/// <see cref="FindingsException"/>.</param>
internal sealed class DocumentClosure(
    ReferencePolicy policy,
    ReferenceLimits limits,
    Func<Uri, SpecLine, CancellationToken, Task<(SpecDocument Document, long Bytes)>> read
)
{
    /// <summary>The document with all that it refers to.</summary>
    /// <param name="entry">The document.</param>
    /// <param name="choose">The operations that are imported, as far as they are known with some of the
    /// documents.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal Task<DocumentSet> CloseAsync(
        SpecDocument entry,
        Func<ReferenceResolver, IEnumerable<OperationHead>> choose,
        CancellationToken cancellationToken
    ) =>
        ReferenceWalk.MayLeave(entry)
            ? ReadAsync(entry, choose, cancellationToken)
            : Task.FromResult(DocumentSet.Of(entry));

    private async Task<DocumentSet> ReadAsync(
        SpecDocument entry,
        Func<ReferenceResolver, IEnumerable<OperationHead>> choose,
        CancellationToken cancellationToken
    )
    {
        var (set, bytes) = (DocumentSet.Of(entry), 0L);
        for (var depth = 1; ; depth++)
        {
            var resolver = new ReferenceResolver(set);
            var missing = ReferenceWalk.Missing(entry, choose(resolver), resolver);
            if (missing.Count == 0)
                return set;
            var (documents, problems) = (
                new Dictionary<string, SpecDocument>(set.Others),
                new Dictionary<string, string>(set.Problems)
            );
            foreach (var (key, (uri, line)) in missing)
            {
                if (policy.Refuse(uri) is { } refusal)
                    problems.Add(key, refusal);
                else if (Exhausted(documents.Count, bytes, depth) is { } bound)
                    problems.Add(key, bound);
                else
                {
                    try
                    {
                        var (document, size) = await read(uri, line, cancellationToken);
                        documents.Add(key, document);
                        bytes += size;
                    }
                    catch (FindingsException failure)
                    {
                        problems.Add(
                            key,
                            string.Join("; ", failure.Findings.Select(finding => finding.Message.TrimEnd('.')))
                        );
                    }
                }
            }
            set = new DocumentSet(entry, documents, problems);
        }
    }

    private string? Exhausted(int documents, long bytes, int depth) =>
        documents >= limits.MaxDocuments ? $"more than {limits.MaxDocuments} documents are referred to"
        : bytes > limits.MaxBytes ? $"the documents referred to hold more than {limits.MaxBytes} bytes"
        : depth > limits.MaxDepth ? $"documents refer to each other more than {limits.MaxDepth} deep"
        : null;
}
