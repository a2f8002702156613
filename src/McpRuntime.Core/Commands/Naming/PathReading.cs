using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>What paths mean that only all operations of a document together show.</summary>
internal static class PathReading
{
    // Shorter words are found in others by chance.
    private const int LongWord = 6;

    // A part of paths that so many resources have, and are listed without, is where they are and not what they are.
    private const int Systematic = 10;

    internal static void Improve(List<NamedOperation> operations, WordForms forms)
    {
        SplitWords(operations, forms);
        RemoveScopes(operations);
    }

    // persistentvolumeclaims: operationIds know its words.
    private static void SplitWords(List<NamedOperation> operations, WordForms forms)
    {
        var known = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var segment in operations.SelectMany(operation => operation.Path.Segments))
        {
            if (segment.Singular is [{ Length: >= LongWord } word])
                known.TryAdd(word, []);
        }
        if (known.Count == 0)
            return;
        foreach (var id in operations.Select(operation => operation.Subject.OperationId).OfType<string>())
            Find(NameParts.Split(id), known, forms);
        foreach (var operation in operations)
        {
            if (operation.Path.Segments.Any(IsSplit))
                operation.Path = operation.Path with
                {
                    Segments =
                    [
                        .. operation.Path.Segments.Select(segment =>
                            IsSplit(segment) ? segment.Split(known[segment.Singular[0]]) : segment
                        ),
                    ],
                };
        }

        bool IsSplit(PathSegment segment) =>
            segment.Singular is [var word] && known.TryGetValue(word, out var words) && words.Count > 0;
    }

    private static void Find(List<string> words, Dictionary<string, List<string>> known, WordForms forms)
    {
        for (var start = 0; start < words.Count; start++)
        {
            var joined = words[start].ToLowerInvariant();
            for (var end = start + 1; end < words.Count && end < start + 6; end++)
            {
                var last = words[end].ToLowerInvariant();
                if (known.TryGetValue(joined + forms.Singular(last), out var found) && found.Count == 0)
                    found.AddRange([
                        .. words[start..end].Select(word => word.ToLowerInvariant()),
                        forms.Singular(last),
                    ]);
                joined += last;
            }
        }
    }

    // Kubernetes lists /pods and has /namespaces/{namespace}/pods/{name}: both are pods.
    private static void RemoveScopes(List<NamedOperation> operations)
    {
        var listed = operations
            .Where(operation => operation is { Method: "GET", Path.IsItem: false })
            .Select(operation => Key(operation.Path.Segments, -1))
            .ToHashSet(StringComparer.Ordinal);
        listed.ExceptWith(
            operations.Where(operation => operation.Path.IsItem).Select(operation => Key(operation.Path.Segments, -1))
        );
        var scopes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (segments, i) in operations.SelectMany(Inner))
        {
            var key = Key(segments, i);
            if (!listed.Contains(key))
                continue;
            if (!scopes.TryGetValue(segments[i].Noun, out var resources))
                scopes.Add(segments[i].Noun, resources = new HashSet<string>(StringComparer.Ordinal));
            resources.Add(key);
        }
        var systematic = scopes.Where(scope => scope.Value.Count >= Systematic).Select(scope => scope.Key).ToHashSet();
        if (systematic.Count == 0)
            return;
        foreach (var operation in operations)
        {
            var segments = operation.Path.Segments;
            operation.Path = operation.Path with
            {
                Segments =
                [
                    .. segments.Where(
                        (segment, i) =>
                            i == segments.Count - 1 || !segment.HasItem || !systematic.Contains(segment.Noun)
                    ),
                ],
            };
        }
    }

    private static IEnumerable<(IReadOnlyList<PathSegment> Segments, int Index)> Inner(NamedOperation operation)
    {
        var segments = operation.Path.Segments;
        for (var i = 0; i < segments.Count - 1; i++)
        {
            if (segments[i].HasItem)
                yield return (segments, i);
        }
    }

    private static string Key(IReadOnlyList<PathSegment> segments, int without) =>
        string.Join('/', segments.Where((_, i) => i != without).Select(segment => segment.Noun));
}
