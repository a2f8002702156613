using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Guidance;

/// <summary>
/// The server's <c>instructions</c>: which APIs its tools belong to and what can be done with them. Clients that load
/// tools on demand show a model nothing else at the start, and cut it at 2,048 characters.
/// </summary>
internal static class ServerInstructions
{
    /// <summary>Characters (UTF-16 code units) of all.</summary>
    public const int MaxLength = 2_000;

    private const string Start = "Each tool calls one operation of a REST API. ";

    private const string StartOfSearch =
        "The tools here are operations of REST APIs and are not listed: search_tools finds them, "
        + "describe_tools shows their arguments, and "
        + "call_read_tool, call_write_tool or call_destructive_tool calls one. ";

    private const string ReachBySearch = "More exists than is named here: search_tools shows it. ";

    private const string End =
        "Arguments are checked before anything is sent; a result with isError describes the problem and what to try.";

    /// <summary>The same catalog always gives the same text.</summary>
    /// <param name="catalog">The tools.</param>
    /// <param name="isSearched">They are not listed, but found by search.</param>
    public static string Of(ToolCatalog catalog, bool isSearched = false)
    {
        var start = isSearched ? StartOfSearch : Start;
        var connectors = ByConnector(catalog);
        if (connectors.Count == 0)
            return $"{start}No API is connected yet: tools appear in the list when a connector is added. {End}";
        var head = start + Names(catalog);
        var available = MaxLength - head.Length - End.Length - Reach(int.MaxValue, isSearched).Length - 2;
        var shown = Fit(connectors, available, out var hidden);
        var rest = available;
        foreach (var connector in shown)
            rest -= connector.Head.Length + 1;
        if (hidden.Length > 0)
            rest -= hidden.Length + 1;
        var text = new StringBuilder(head).Append('\n');
        var isPartial = hidden.Length > 0;
        for (var i = 0; i < shown.Count; i++)
        {
            var map = Map(shown[i], rest / (shown.Count - i), out var isCut);
            isPartial |= isCut;
            rest -= map.Length;
            text.Append(shown[i].Head).Append(map).Append('\n');
        }
        if (hidden.Length > 0)
            text.Append(hidden).Append('\n');
        if (isPartial)
            text.Append(Reach(catalog.Tools.Count, isSearched));
        return text.Append(End).ToString();
    }

    // The catalog has the tools of a connector next to each other.
    private static List<ServedConnector> ByConnector(ToolCatalog catalog)
    {
        var connectors = new List<ServedConnector>();
        foreach (var tool in catalog.Tools)
        {
            if (connectors.Count == 0 || !ReferenceEquals(connectors[^1].Manifest, tool.Connector))
                connectors.Add(new ServedConnector(tool.Connector));
            connectors[^1].Endpoints.Add(tool.Endpoint);
        }
        foreach (var connector in connectors)
            connector.Complete();
        return connectors;
    }

    private static string Reach(int tools, bool isSearched) =>
        isSearched
            ? ReachBySearch
            : "More exists than is named here: look for the words of a resource among the names of the "
                + $"{CountText.Of(tools, "tool")}. ";

    private static string Names(ToolCatalog catalog)
    {
        var first = catalog.Tools[0].Name;
        var middle = catalog.Tools[catalog.Tools.Count / 2].Name;
        var names =
            $"Tools are named after the API's operations in snake case, such as "
            + $"{(first == middle ? first : $"{first} and {middle}")}.";
        return catalog.Ambiguous.Count == 0
            ? names
            : $"{names} Where two APIs have the same name, it is connector__tool.";
    }

    // Connectors in the order of the catalog, as many as fit together with a line that says how many do not.
    private static List<ServedConnector> Fit(List<ServedConnector> connectors, int available, out string hidden)
    {
        hidden = "";
        var length = 0;
        foreach (var connector in connectors)
            length += connector.Head.Length + 1;
        var count = connectors.Count;
        while (length + (hidden.Length > 0 ? hidden.Length + 1 : 0) > available)
        {
            length -= connectors[--count].Head.Length + 1;
            hidden = $"- {CountText.Of(connectors.Count - count, "more API")}.";
        }
        return connectors.GetRange(0, count);
    }

    private static string Map(ServedConnector connector, int available, out bool isCut)
    {
        const string label = " Resources: ";
        var map = new StringBuilder();
        isCut = false;
        foreach (var resource in connector.Resources)
        {
            var next = (map.Length == 0 ? label : "; ") + resource;
            if (map.Length + next.Length + 1 > available)
            {
                isCut = true;
                break;
            }
            map.Append(next);
        }
        return map.Length == 0 ? "" : map.Append('.').ToString();
    }

    private sealed class ServedConnector(ConnectorManifest manifest)
    {
        public ConnectorManifest Manifest => manifest;

        public List<string> Endpoints { get; } = [];

        public string Head { get; private set; } = "";

        public IReadOnlyList<string> Resources { get; private set; } = [];

        public void Complete()
        {
            var guidance = ConnectorGuidance.Of(manifest, Endpoints);
            Resources = guidance.Resources;
            var count = CountText.Of(Endpoints.Count, "tool");
            var name = guidance.Title == manifest.Name ? "" : $"{manifest.Name}, ";
            var about = guidance.Sentence.Length == 0 ? "." : $": {guidance.Sentence}";
            Head = $"- {guidance.Title} ({name}{count}){about}";
        }
    }
}
