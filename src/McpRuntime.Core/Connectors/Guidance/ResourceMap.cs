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
        // With loops and classes: each start goes through here, and queries over values of our own are compiled anew.
        var operations = new List<Operation>();
        foreach (var endpoint in endpoints)
        {
            if (Read(endpoint) is { } operation)
                operations.Add(operation);
        }
        var actions = Actions(operations);
        var resources = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            var isAction = actions.Contains(operation.Noun);
            var noun = isAction ? operation.Owner! : operation.Noun;
            var verb = isAction ? operation.Noun : operation.Verb;
            if (!IsName(noun) || !IsName(verb))
                continue;
            if (!resources.TryGetValue(noun, out var resource))
                resources.Add(noun, resource = new Resource(noun));
            resource.Add(verb);
        }
        var sorted = new Resource[resources.Count];
        resources.Values.CopyTo(sorted, 0);
        Array.Sort(sorted, static (left, right) =>
            left.Operations != right.Operations
                ? right.Operations.CompareTo(left.Operations)
                : string.CompareOrdinal(left.Noun, right.Noun)
        );
        foreach (var resource in sorted)
            resource.Sort(CompareVerbs);
        return new ResourceMap(sorted);
    }

    // What is only ever posted to below an item is an action of that item: /charges/{id}/capture.
    private static HashSet<string> Actions(List<Operation> operations)
    {
        var actions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (operation.MayBeAction)
                actions.Add(operation.Noun);
        }
        foreach (var operation in operations)
        {
            if (!operation.MayBeAction)
                actions.Remove(operation.Noun);
            if (operation.Owner is { } owner)
                actions.Remove(owner);
        }
        return actions;
    }

    private static int CompareVerbs(string left, string right) =>
        Rank(left) != Rank(right) ? Rank(left).CompareTo(Rank(right)) : string.CompareOrdinal(left, right);

    private static int Rank(string verb) =>
        Array.IndexOf(VerbOrder, verb) is >= 0 and var rank ? rank : VerbOrder.Length;

    private static Operation? Read(string endpoint)
    {
        if (!EndpointTemplate.TryParse(endpoint, out var template))
            return null;
        var segments = new List<string>();
        var last = -1;
        foreach (var segment in template.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsVersion(segment))
                continue;
            if (!IsParameter(segment))
                last = segments.Count;
            segments.Add(segment);
        }
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
        || HasOnly(segment, static c => char.IsAsciiDigit(c) || c is '-' or '.')
        || (segment.Length is > 1 and < 9 && segment[0] == 'v' && char.IsAsciiDigit(segment[1]));

    // A path is text of others: what is not a plain name could be a sentence.
    private static bool IsName(string noun) =>
        noun.Length is > 0 and <= LongestNoun
        && HasOnly(noun, static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static bool HasOnly(string text, Func<char, bool> allows)
    {
        foreach (var c in text)
        {
            if (!allows(c))
                return false;
        }
        return true;
    }

    private sealed record Operation(string Method, string Noun, string Verb, string? Owner, bool EndsWithParameter)
    {
        public bool MayBeAction => Method == "POST" && Owner is not null && !EndsWithParameter;
    }
}

/// <param name="noun">As the path spells it.</param>
internal sealed class Resource(string noun)
{
    private readonly List<string> _verbs = [];

    public string Noun => noun;

    /// <summary>Each once: by method, or what an action's path is called.</summary>
    public IReadOnlyList<string> Verbs => _verbs;

    /// <summary>Number of operations.</summary>
    public int Operations { get; private set; }

    public override string ToString() => $"{noun}: {string.Join(", ", _verbs)}";

    internal void Add(string verb)
    {
        Operations++;
        if (!_verbs.Contains(verb))
            _verbs.Add(verb);
    }

    internal void Sort(Comparison<string> order) => _verbs.Sort(order);
}
