using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.References;

/// <summary>
/// Finds what references mean: JSON pointers anywhere in a document, anchors, schemas by their <c>$id</c>, other files
/// and URLs, as far as the set has them.
/// </summary>
internal sealed class ReferenceResolver
{
    private readonly Dictionary<string, SpecResource> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<SpecResource, Dictionary<string, Resolution>> _known = [];
    private readonly PointerWalker _walker = new();
    private readonly HashSet<(SpecResource From, string Reference)> _underWay = [];
    private readonly DocumentSet _documents;
    private readonly Func<SpecResource, string, ReferenceTarget?> _follow;

    internal ReferenceResolver(DocumentSet documents)
    {
        _documents = documents;
        _follow = (from, reference) => Resolve(from, reference).Target;
        Register(documents.Entry);
        foreach (var (key, document) in documents.Others)
        {
            Register(document);
            _byUri.TryAdd(key, document.Resource);
        }
    }

    /// <summary>Every resource with a <c>$dynamicAnchor</c>, in all documents.</summary>
    internal IEnumerable<SpecResource> DynamicResources =>
        _documents.All.SelectMany(document => document.Embedded?.DynamicResources ?? []);

    internal bool HasOtherDocuments => _documents.Others.Count > 0;

    /// <summary>What a reference means.</summary>
    internal Resolution Resolve(SpecResource from, string reference)
    {
        if (!_known.TryGetValue(from, out var ofResource))
            _known.Add(from, ofResource = new Dictionary<string, Resolution>(StringComparer.Ordinal));
        if (ofResource.TryGetValue(reference, out var known))
            return known;
        // A pointer that leads through itself leads nowhere.
        if (!_underWay.Add((from, reference)))
            return new Resolution(null, $"The reference '{reference}' refers to itself.");
        var resolution = ofResource[reference] = Find(from, reference);
        _underWay.Remove((from, reference));
        return resolution;
    }

    private void Register(SpecDocument document)
    {
        Register(document.RetrievalUri, document.Resource);
        Register(document.Resource.BaseUri, document.Resource);
        foreach (var resource in document.Embedded?.Resources ?? [])
            Register(resource.BaseUri, resource);
    }

    private void Register(Uri? uri, SpecResource resource)
    {
        if (uri is not null)
            _byUri.TryAdd(DocumentSet.Key(uri), resource);
    }

    private Resolution Find(SpecResource from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var address = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (address.Length == 0)
            return InResource(from, fragment, reference);
        if (LocalName(from, address, hash) is { } local)
            return new Resolution(local, null);
        if (!TryAbsolute(from, address, out var uri))
        {
            return new Resolution(
                null,
                from.BaseUri is null
                    ? $"The reference '{reference}' is relative, and a document from standard input has no "
                        + $"location; import it from its file or URL."
                    : $"The reference '{reference}' is not a URI (RFC 3986)."
            );
        }
        var key = DocumentSet.Key(uri);
        if (_byUri.TryGetValue(key, out var resource))
            return InResource(resource, fragment, reference);
        return _documents.Problems.TryGetValue(key, out var problem)
            ? new Resolution(null, $"The reference '{reference}' was not followed: {problem}.")
            : new Resolution(null, $"The reference '{reference}' was not followed: its document was not read.", uri);
    }

    private Resolution InResource(SpecResource resource, string fragment, string reference)
    {
        ReferenceTarget? target;
        if (fragment.Length == 0)
            target = new ReferenceTarget(resource, resource.Root, resource.Pointer);
        else if (fragment[0] == '/')
        {
            // Authors who give a schema an $id go on to point into the whole document.
            target = _walker.Walk(resource, fragment, _follow)
                ?? (resource.Pointer.Length > 0 ? _walker.Walk(resource.Document.Resource, fragment, _follow) : null);
        }
        else
            target = resource.Document.Embedded?.Anchor(resource, fragment);
        return target is not null
            ? new Resolution(target, null)
            : new Resolution(
                null,
                $"The reference '{reference}' cannot be resolved: {resource.Document.Location} has no such location."
            );
    }

    // The bare name of a shared schema, as Swagger 1.2 wrote it and discriminators still do.
    private ReferenceTarget? LocalName(SpecResource from, string address, int hash)
    {
        if (hash >= 0 || address.AsSpan().IndexOfAny("/.:%") >= 0)
            return null;
        var container = from.Document.Line == SpecLine.V20 ? "/definitions/" : "/components/schemas/";
        return _walker.Walk(from.Document.Resource, container + address, _follow)
            ?? (
                from.Document == _documents.Entry
                    ? null
                    : _walker.Walk(_documents.Entry.Resource, container + address, _follow)
            );
    }

    private static bool TryAbsolute(SpecResource from, string address, out Uri uri) =>
        (Uri.TryCreate(address, UriKind.Absolute, out uri!) && !address.StartsWith('/'))
        || (from.BaseUri is not null && Uri.TryCreate(from.BaseUri, address, out uri!));
}
