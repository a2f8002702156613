using System.Text;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Search;
using McpRuntime.Search.Indexing;
using McpRuntime.Search.Resources;

namespace McpRuntime.Server.Surface;

/// <summary>The APIs of a catalog, and what each of them has.</summary>
internal sealed class ApiMap
{
    // A map of GitHub's API with all verbs is about 3,800 tokens; past this, verbs and then resources are left out.
    private const int MostOfMap = 6000;
    private const int MostOfLine = 400;

    private readonly List<Api> _apis = [];

    public ApiMap(ToolCatalog catalog)
    {
        var first = 0;
        while (first < catalog.Tools.Count)
        {
            // The catalog has the tools of a connector next to each other.
            var connector = catalog.Tools[first].Connector;
            var count = catalog.Tools.Skip(first).TakeWhile(tool => tool.Connector == connector).Count();
            _apis.Add(new Api(catalog, first, count));
            first += count;
        }
    }

    public IEnumerable<string> Names => _apis.Select(api => api.Name);

    public Api? Find(string name) =>
        _apis.Find(api => api.Name == name)
        ?? _apis.Find(api =>
            api.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || api.Title.Equals(name, StringComparison.OrdinalIgnoreCase)
        );

    public IEnumerable<string> ResourceNames(Api? api) =>
        In(api).SelectMany(some => some.Map.Resources).Select(resource => resource.Name).Distinct();

    public ToolResource ResourceOf(int position) => _apis.Find(api => api.Has(position))!.ResourceOf(position);

    /// <summary>The tools of a resource, by their places in the catalog.</summary>
    public bool TryFindResource(string name, Api? api, out HashSet<int> tools)
    {
        tools = [.. In(api).SelectMany(some => some.ToolsOf(name))];
        return tools.Count > 0;
    }

    /// <summary>What there is: all APIs, or all of one.</summary>
    public string Describe(Api? api, Func<int, bool> allows)
    {
        if (api is null && _apis.Count == 0)
            return "There are no tools here: no connector is installed, or this caller may use none.";
        api ??= _apis.Count == 1 ? _apis[0] : null;
        if (api is not null)
            return $"{api.Head(allows)}\n{api.Resources(allows, MostOfMap)}\nGive a resource, or a query, for its "
                + $"tools.";
        var each = Math.Max(MostOfLine / 4, Math.Min(MostOfLine, MostOfMap / _apis.Count));
        var text = new StringBuilder();
        foreach (var one in _apis)
            text.Append(one.Head(allows)).Append(" Has: ").Append(one.Nouns(allows, each)).Append('\n');
        return text.Append("Give an api for all that it has, or a query for tools.").ToString();
    }

    public static string LineOf(ToolResource resource) => $"{resource.Name}: {string.Join(", ", resource.Verbs)}";

    private List<Api> In(Api? api) => api is null ? _apis : [api];

    internal sealed class Api
    {
        private readonly int _first;
        private readonly int _count;
        private readonly string _sentence;

        public Api(ToolCatalog catalog, int first, int count)
        {
            _first = first;
            _count = count;
            var connector = catalog.Tools[first].Connector;
            Name = connector.Name;
            Title = ToolSignature.Shorten(UntrustedText.Clean(connector.Title), 80);
            _sentence = ToolSignature.Shorten(
                PlainText.FirstSentence(PlainText.Of(UntrustedText.CleanMultiline(connector.Description), 1000)).First,
                160
            );
            Map = ToolResources.Create([.. catalog.Tools.Skip(first).Take(count).Select(SearchableTool.Of)]);
        }

        public string Name { get; }

        public string Title { get; }

        public ToolResources Map { get; }

        public bool Has(int position) => position >= _first && position < _first + _count;

        public ToolResource ResourceOf(int position) => Map.Of(position - _first);

        public IEnumerable<int> ToolsOf(string resource) =>
            Map.Find(resource) is { } found ? found.Tools.Select(tool => tool + _first) : [];

        public string Head(Func<int, bool> allows)
        {
            var count = Enumerable.Range(_first, _count).Count(allows);
            var words = new[] { Title, _sentence }.Where(part => part.Length > 0 && part != Name);
            var about = string.Concat(words.Select(part => $"{part.TrimEnd('.')}. "));
            return $"{Name}: {about}{CountText.Of(count, "tool")}.";
        }

        /// <summary>The names of the resources with the most tools.</summary>
        public string Nouns(Func<int, bool> allows, int most) =>
            Fit(Allowed(allows).Select(resource => resource.Name), ", ", most);

        /// <summary>Resources with what can be done with them; without that where it would be too long.</summary>
        public string Resources(Func<int, bool> allows, int most)
        {
            var resources = Allowed(allows).ToArray();
            var lines = string.Join('\n', resources.Select(LineOf));
            return lines.Length <= most ? lines : Fit(resources.Select(LineOf), "\n", most);
        }

        private IEnumerable<ToolResource> Allowed(Func<int, bool> allows) =>
            Map
                .Resources.Where(resource => resource.Tools.Any(tool => allows(tool + _first)))
                .OrderByDescending(resource => resource.Tools.Count);

        private static string Fit(IEnumerable<string> parts, string separator, int most)
        {
            var text = new StringBuilder();
            var left = 0;
            foreach (var part in parts)
            {
                if (left > 0 || text.Length + part.Length > most)
                    left++;
                else
                    text.Append(text.Length > 0 ? separator : "").Append(part);
            }
            return left == 0 ? text.ToString() : $"{text}{separator}and {left} more";
        }
    }
}
