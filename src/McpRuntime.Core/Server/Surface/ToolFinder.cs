using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Search;
using McpRuntime.Search.Resources;

namespace McpRuntime.Server.Surface;

/// <summary>Answers <c>search_tools</c>. What a search needs is made with the first one.</summary>
internal sealed class ToolFinder
{
    public const int DefaultHits = 5;
    public const int MostHits = 20;

    private const int MostNear = 8;

    private static readonly string[] Names = ["query", "api", "resource", "access", "limit"];

    private readonly ToolCatalog _catalog;
    private readonly Lazy<ApiMap> _apis;

    public ToolFinder(ToolCatalog catalog)
    {
        _catalog = catalog;
        _apis = new Lazy<ApiMap>(() => new ApiMap(catalog));
    }

    public ToolAnswer Find(JsonElement arguments)
    {
        var read = new SurfaceArguments(arguments, Names);
        var (query, api, resource) = (read.Text("query"), read.Text("api"), read.Text("resource"));
        var access = read.Choice(
            "access",
            ("read", ToolAccess.Read),
            ("write", ToolAccess.Write),
            ("destructive", ToolAccess.Destructive)
        );
        var limit = read.Whole("limit", 1, MostHits);
        if (read.Fault is { } fault)
            return ToolAnswer.Error(fault);
        var apis = _apis.Value;
        ApiMap.Api? chosen = null;
        if (api is not null && (chosen = apis.Find(api)) is null)
            return ToolAnswer.Error(
                $"There is no API '{UntrustedText.ForTerminal(api)}'.{NearNames.DidYouMean(api, apis.Names)} "
                    + $"Without arguments, search_tools shows all of them."
            );
        HashSet<int>? tools = null;
        if (resource is not null && !apis.TryFindResource(resource, chosen, out tools))
        {
            var near = NearNames.Find(resource, apis.ResourceNames(chosen), most: 5);
            return ToolAnswer.Error(
                $"There is no resource '{UntrustedText.ForTerminal(resource)}'."
                    + (
                        near.Count > 0
                            ? $" Did you mean {string.Join(", ", near)}?"
                            : " With api, search_tools shows what there is."
                    )
            );
        }
        bool Allows(int position) =>
            (chosen is null || chosen.Has(position))
            && (tools is null || tools.Contains(position))
            && (access is null || _catalog.Tools[position].Access == access);
        var text =
            query is not null ? Ranked(query, limit ?? DefaultHits, Allows)
            : tools is not null ? AllOf(tools.Where(Allows).Order().ToArray(), limit ?? MostHits)
            : apis.Describe(chosen, Allows);
        return ToolAnswer.Text(UntrustedText.CleanMultiline(text));
    }

    private string Ranked(string query, int limit, Func<int, bool> allows)
    {
        var hits = ToolSearchIndex.Of(_catalog).Search(query, limit + MostNear, allows);
        if (hits.Count == 0)
            return "Nothing fits these words. Use words of the API itself, fewer filters, or look at what there is "
                + "with api and without a query.";
        var text = new StringBuilder();
        foreach (var hit in hits.Take(limit))
            text.Append(ToolSignature.Of(_catalog.Tools[hit.Position]).Line()).Append('\n');
        if (hits.Count > limit)
            text.Append("Also near: ")
                .AppendJoin(", ", hits.Skip(limit).Select(hit => _catalog.Tools[hit.Position].Name))
                .Append(".\n");
        var resources = hits.Take(limit)
            .Select(hit => _apis.Value.ResourceOf(hit.Position))
            .DistinctBy(resource => resource.Name)
            .Take(3);
        text.Append("Resources: ").AppendJoin("; ", resources.Select(ApiMap.LineOf)).Append('.');
        return text.ToString();
    }

    private string AllOf(int[] tools, int limit)
    {
        if (tools.Length == 0)
            return "No tool of this resource has that access.";
        var text = new StringBuilder();
        foreach (var tool in tools.Take(limit))
            text.Append(ToolSignature.Of(_catalog.Tools[tool]).Line()).Append('\n');
        if (tools.Length > limit)
            text.Append("And: ")
                .AppendJoin(", ", tools.Skip(limit).Select(tool => _catalog.Tools[tool].Name))
                .Append(".\n");
        return text.ToString().TrimEnd();
    }
}
