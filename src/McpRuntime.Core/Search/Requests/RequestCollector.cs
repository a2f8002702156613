using McpRuntime.Search.Words;

namespace McpRuntime.Search.Requests;

/// <summary>Collects what is read of a request.</summary>
internal sealed class RequestCollector(RequestWeights weights)
{
    private readonly List<RequestTerm> _terms = [];
    private readonly List<RequestVerb> _verbs = [];
    private int? _lastThing;
    private int? _head;

    /// <summary>Where the words that are added now come from, if not from the request as it was written.</summary>
    public (MeaningOrigin Origin, double Weight)? Origin { get; set; }

    /// <summary>The verb that was added last is the first one.</summary>
    public bool IsFirstVerb => _verbs.Count == 1;

    public void AddVerb(OperationKind[] kinds) =>
        _verbs.Add(new RequestVerb(kinds, _verbs.Count == 0 ? 1 : weights.LaterVerb));

    /// <param name="term">The word.</param>
    /// <param name="isThing">It may be what the request is about.</param>
    public void Add(RequestTerm term, bool isThing = true)
    {
        if (Origin is { } origin)
        {
            term = term with
            {
                Meanings =
                [
                    .. term.Meanings.Select(meaning =>
                        meaning.Origin == MeaningOrigin.Written
                            ? meaning with
                            {
                                Weight = meaning.Weight * origin.Weight,
                                Origin = origin.Origin,
                            }
                            : meaning with
                            {
                                Weight = meaning.Weight * origin.Weight,
                            }
                    ),
                ],
            };
        }
        if (isThing)
            _lastThing = _terms.Count;
        _terms.Add(term);
    }

    /// <summary>A preposition: what came before is what the request is about.</summary>
    public void EndHead() => _head ??= _lastThing;

    public ReadRequest Build()
    {
        if ((_head ?? _lastThing) is { } head)
            SetHead(head);
        // Who only names a thing wants to see it.
        if (_verbs.Count == 0)
            _verbs.Add(new RequestVerb([OperationKind.List, OperationKind.Get], weights.NoVerb));
        return new ReadRequest(_terms, _verbs);
    }

    // Who wants to see 'users' wants a list of them.
    private void SetHead(int head)
    {
        _terms[head] = _terms[head] with { IsHead = true };
        if (!IsPlural(_terms[head].Text))
            return;
        for (var i = 0; i < _verbs.Count; i++)
        {
            if (_verbs[i].Kinds is [OperationKind.Get, ..])
                _verbs[i] = _verbs[i] with { Kinds = [OperationKind.List, .. _verbs[i].Kinds] };
        }
    }

    private static bool IsPlural(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i');
}
