using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// What <c>$dynamicRef</c> means at a place: of the schema resources on the way there, the outermost that has the
/// <c>$dynamicAnchor</c> (JSON Schema 2020-12 section 8.2.3.2). Equal scopes give a schema the same meaning.
/// </summary>
internal sealed class DynamicScope : IEquatable<DynamicScope>
{
    private readonly SortedDictionary<string, ReferenceTarget> _anchors;

    private DynamicScope(SortedDictionary<string, ReferenceTarget> anchors) => _anchors = anchors;

    /// <summary>Nothing is bound.</summary>
    internal static DynamicScope None { get; } =
        new(new SortedDictionary<string, ReferenceTarget>(StringComparer.Ordinal));

    /// <summary>The scope within a resource: its anchors count where no outer one has them.</summary>
    internal DynamicScope Enter(SpecResource resource)
    {
        if (resource.Document.Embedded is not { HasDynamicAnchors: true } embedded)
            return this;
        var added = embedded.DynamicAnchors(resource).Where(anchor => !_anchors.ContainsKey(anchor.Key)).ToList();
        if (added.Count == 0)
            return this;
        var anchors = new SortedDictionary<string, ReferenceTarget>(_anchors, StringComparer.Ordinal);
        foreach (var (name, target) in added)
            anchors.TryAdd(name, target);
        return new DynamicScope(anchors);
    }

    /// <summary>The part of the scope that some names need.</summary>
    internal DynamicScope Of(HashSet<string> names) =>
        _anchors.Keys.All(names.Contains)
            ? this
            : new DynamicScope(
                new SortedDictionary<string, ReferenceTarget>(
                    _anchors.Where(anchor => names.Contains(anchor.Key)).ToDictionary(),
                    StringComparer.Ordinal
                )
            );

    /// <summary>The resource that fills in the first of the names; null where nothing is bound.</summary>
    internal SpecResource? User => _anchors.Count == 0 ? null : _anchors.First().Value.Resource;

    /// <summary>What a dynamic reference means here.</summary>
    /// <param name="initial">Where it leads as a plain reference; only a dynamic anchor there lets the scope
    /// decide.</param>
    /// <param name="reference">Its text.</param>
    internal ReferenceTarget Meant(ReferenceTarget initial, string reference) =>
        Name(reference) is { } name
        && JsonRead.Text(initial.Element, "$dynamicAnchor"u8) == name
        && _anchors.TryGetValue(name, out var outermost)
            ? outermost
            : initial;

    /// <summary>The anchor that a reference names; null where it holds a JSON pointer or nothing.</summary>
    internal static string? Name(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        return hash >= 0 && hash + 1 < reference.Length && reference[hash + 1] != '/'
            ? Uri.UnescapeDataString(reference[(hash + 1)..])
            : null;
    }

    public bool Equals(DynamicScope? other) => other is not null && _anchors.SequenceEqual(other._anchors);

    public override bool Equals(object? obj) => Equals(obj as DynamicScope);

    public override int GetHashCode() =>
        _anchors.Aggregate(0, (hash, anchor) => HashCode.Combine(hash, anchor.Key, anchor.Value));

    /// <summary>The same text on every machine; empty where nothing is bound.</summary>
    public override string ToString() =>
        string.Concat(_anchors.Select(anchor => $" {anchor.Key}={anchor.Value.Pointer}"));
}
