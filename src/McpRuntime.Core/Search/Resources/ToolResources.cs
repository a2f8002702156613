using McpRuntime.Search.Indexing;
using McpRuntime.Search.Words;

namespace McpRuntime.Search.Resources;

/// <summary>What an API has, and what can be done with it: <c>issues: list, get, create, lock</c>. Immutable.</summary>
internal sealed class ToolResources
{
    private readonly Dictionary<string, ToolResource> _byKey = new(StringComparer.Ordinal);
    private readonly ToolResource[] _of;

    private ToolResources(IReadOnlyList<SearchableTool> tools)
    {
        _of = new ToolResource[tools.Count];
        for (var i = 0; i < tools.Count; i++)
        {
            var (noun, verb) = Read(tools[i]);
            if (!_byKey.TryGetValue(Key(noun), out var resource))
                _byKey.Add(Key(noun), resource = new ToolResource(noun));
            resource.Add(i, verb);
            _of[i] = resource;
        }
        Resources = [.. _byKey.Values];
    }

    /// <summary>In the order of the tools.</summary>
    public IReadOnlyList<ToolResource> Resources { get; }

    public static ToolResources Create(IReadOnlyList<SearchableTool> tools) => new(tools);

    /// <summary>The resource of a tool, by its place.</summary>
    public ToolResource Of(int position) => _of[position];

    /// <summary>By name; case and separators do not matter. Null where there is none.</summary>
    public ToolResource? Find(string noun) => _byKey.GetValueOrDefault(Key(noun));

    // The end of the path names the resource; where it is what is done with it (/pulls/{id}/merge), that is the verb,
    // and what stands before it is the resource.
    private static (string Noun, string Verb) Read(SearchableTool tool)
    {
        var text = ToolText.Of(tool);
        var segments = text.Path.Segments;
        if (segments.Count == 0)
            return (tool.Tags.Count > 0 ? tool.Tags[0] : tool.Connector ?? tool.Name, tool.Name);
        // Remote procedures name both: /chat.postMessage.
        if (segments[^1].LastIndexOf('.') is > 0 and var dot && dot < segments[^1].Length - 1)
            return (segments[^1][..dot], segments[^1][(dot + 1)..]);
        var kind = ToolKinds.Of(text);
        if (kind == OperationKind.Action && segments.Count > 1 && !text.Path.EndsWithArgument)
            return (segments[^2], segments[^1]);
        if (
            kind == OperationKind.Search
            && segments.Count > 1
            && segments[^1].Equals("search", StringComparison.OrdinalIgnoreCase)
        )
            return (segments[^2], "search");
        return (segments[^1], kind == OperationKind.Action ? "call" : Word(kind));
    }

    private static string Word(OperationKind kind) =>
        kind switch
        {
            OperationKind.List => "list",
            OperationKind.Search => "search",
            OperationKind.Get => "get",
            OperationKind.Create => "create",
            OperationKind.Update => "update",
            _ => "delete",
        };

    private static string Key(string noun) => string.Concat(noun.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>One thing that an API has.</summary>
internal sealed class ToolResource(string name)
{
    private readonly List<int> _tools = [];
    private readonly List<string> _verbs = [];

    /// <summary>As the path spells it.</summary>
    public string Name => name;

    /// <summary>Places of its tools.</summary>
    public IReadOnlyList<int> Tools => _tools;

    /// <summary>What can be done with it, each once.</summary>
    public IReadOnlyList<string> Verbs => _verbs;

    internal void Add(int tool, string verb)
    {
        _tools.Add(tool);
        if (!_verbs.Contains(verb))
            _verbs.Add(verb);
    }
}
