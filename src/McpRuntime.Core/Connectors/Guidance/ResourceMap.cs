using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Guidance;

/// <summary>
/// The resources of an API with what can be done to them, by the paths and methods of its operations: <c>issues: list,
/// get, create</c>. A resource is the last segment of a path that is not a parameter, wherever in the API it is.
/// </summary>
internal sealed class ResourceMap
{
    private const int LongestNoun = 40;

    private static readonly string[] VerbOrder = ["list", "get", "create", "update", "replace", "delete"];

    private ResourceMap(IReadOnlyList<Resource> resources) => Resources = resources;

    /// <summary>Those with the most operations first.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <param name="endpoints">As in a manifest; what is not a method and a path is skipped.</param>
    public static ResourceMap Of(IEnumerable<string> endpoints)
    {
        var operations = endpoints.Select(Read).OfType<Operation>().ToList();
        // What is only ever posted to below an item is an action of that item: /charges/{id}/capture.
        var leaves = operations
            .GroupBy(operation => operation.Noun, StringComparer.Ordinal)
            .Where(noun =>
                noun.All(operation => operation is { Method: "POST", Owner: not null, EndsWithParameter: false })
            )
            .Select(noun => noun.Key)
            .Except(operations.Select(operation => operation.Owner).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var resources = operations
            .Select(operation =>
                leaves.Contains(operation.Noun)
                    ? (Noun: operation.Owner!, Verb: operation.Noun)
                    : (operation.Noun, operation.Verb)
            )
            .Where(operation => IsName(operation.Noun) && IsName(operation.Verb))
            .GroupBy(operation => operation.Noun, StringComparer.Ordinal)
            .Select(noun => new Resource(
                noun.Key,
                [
                    .. noun.Select(operation => operation.Verb)
                        .Distinct(StringComparer.Ordinal)
                        .OrderBy(Rank)
                        .ThenBy(verb => verb, StringComparer.Ordinal),
                ],
                noun.Count()
            ))
            .OrderByDescending(resource => resource.Operations)
            .ThenBy(resource => resource.Noun, StringComparer.Ordinal);
        return new ResourceMap([.. resources]);
    }

    private static int Rank(string verb) =>
        Array.IndexOf(VerbOrder, verb) is >= 0 and var rank ? rank : VerbOrder.Length;

    private static Operation? Read(string endpoint)
    {
        if (!EndpointTemplate.TryParse(endpoint, out var template))
            return null;
        var segments = template
            .Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => !IsVersion(segment))
            .ToList();
        var last = segments.FindLastIndex(segment => !IsParameter(segment));
        if (last < 0)
            return null;
        var endsWithParameter = last < segments.Count - 1;
        var noun = Plain(segments[last]);
        // Remote procedures name both: /chat.postMessage.
        if (noun.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < noun.Length - 1)
            return new Operation(template.Method, noun[..dot], noun[(dot + 1)..], Owner: null, endsWithParameter);
        var owner =
            last >= 2 && IsParameter(segments[last - 1]) && !IsParameter(segments[last - 2])
                ? Plain(segments[last - 2])
                : null;
        return new Operation(
            template.Method,
            noun,
            VerbOf(template.Method, endsWithParameter),
            owner,
            endsWithParameter
        );
    }

    private static string VerbOf(string method, bool endsWithParameter) =>
        method switch
        {
            "GET" => endsWithParameter ? "get" : "list",
            "POST" => endsWithParameter ? "update" : "create",
            "PUT" => "replace",
            "PATCH" => "update",
            _ => method.ToLowerInvariant(),
        };

    private static bool IsParameter(string segment) => segment.Contains('{', StringComparison.Ordinal);

    private static string Plain(string segment) =>
        segment.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? segment[..^5] : segment;

    // 'v1', 'v1beta1', '2010-04-01', 'api'.
    private static bool IsVersion(string segment) =>
        segment is "api" or "rest"
        || segment.All(c => char.IsAsciiDigit(c) || c is '-' or '.')
        || (segment.Length is > 1 and < 9 && segment[0] == 'v' && char.IsAsciiDigit(segment[1]));

    // A path is text of others: what is not a plain name could be a sentence.
    private static bool IsName(string noun) =>
        noun.Length is > 0 and <= LongestNoun && noun.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private sealed record Operation(string Method, string Noun, string Verb, string? Owner, bool EndsWithParameter);
}

/// <param name="Noun">As the path spells it.</param>
/// <param name="Verbs">Each once: by method, or what an action's path is called.</param>
/// <param name="Operations">Number of operations.</param>
internal sealed record Resource(string Noun, IReadOnlyList<string> Verbs, int Operations)
{
    public override string ToString() => $"{Noun}: {string.Join(", ", Verbs)}";
}
