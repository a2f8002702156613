using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.References;

/// <summary>
/// The documents beside the first. Resolving is synchronous and only notes what is missing; between two rounds of the
/// projection <see cref="ReadMissingAsync"/> reads it. So exactly those documents are read that something needs.
/// </summary>
/// <param name="policy">Which documents may be read.</param>
/// <param name="limits">How many and how large.</param>
/// <param name="read">Reads one; gives its size too. Throws <see cref="FindingsException"/>.</param>
internal sealed class ExternalDocuments(
    ReferencePolicy policy,
    ReferenceLimits limits,
    Func<Uri, SpecLine, CancellationToken, Task<(SpecDocument Document, long Bytes)>> read)
{
    private readonly Dictionary<string, SpecDocument> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Uri Uri, SpecLine Line)> _missing = new(StringComparer.Ordinal);
    private long _bytes;
    private int _depth;

    /// <summary>By the key of the URI that was asked for; where it redirected, the document itself knows another.</summary>
    internal IReadOnlyDictionary<string, SpecDocument> Documents => _documents;

    internal bool HasMissing => _missing.Count > 0;

    /// <summary>Notes a document as needed.</summary>
    /// <returns>Why it is not read; null when it will be.</returns>
    internal string? Find(Uri uri, SpecResource from, string reference)
    {
        var key = ReferenceResolver.Key(uri);
        if (_problems.TryGetValue(key, out var problem))
            return $"The reference '{reference}' was not followed: {problem}.";
        if (policy.Refuse(uri) is { } refusal)
            return $"The reference '{reference}' was not followed: {refusal}.";
        _missing.TryAdd(key, (uri, from.Document.Line));
        return null;
    }

    internal async Task ReadMissingAsync(CancellationToken cancellationToken)
    {
        var missing = _missing.ToArray();
        _missing.Clear();
        _depth++;
        foreach (var (key, (uri, line)) in missing)
        {
            if (Exhausted() is { } bound)
            {
                _problems[key] = bound;
                continue;
            }
            try
            {
                var (document, bytes) = await read(uri, line, cancellationToken);
                _bytes += bytes;
                _documents[key] = document;
            }
            catch (FindingsException failure)
            {
                _problems[key] = string.Join("; ", failure.Findings.Select(finding => finding.Message.TrimEnd('.')));
            }
        }
    }

    private string? Exhausted() =>
        _documents.Count >= limits.MaxDocuments ? $"more than {limits.MaxDocuments} documents are referred to"
        : _bytes > limits.MaxBytes ? $"the documents referred to hold more than {limits.MaxBytes} bytes"
        : _depth > limits.MaxDepth ? $"documents refer to documents more than {limits.MaxDepth} deep"
        : null;
}
