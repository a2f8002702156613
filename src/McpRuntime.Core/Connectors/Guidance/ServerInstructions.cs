using System.Globalization;
using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Connectors.Guidance;

/// <summary>
/// The server's <c>instructions</c>: which APIs its tools belong to and what can be done with them. Clients that load
/// tools on demand show a model nothing else at the start, and cut it at 2,048 characters. Texts of manifests are not
/// trusted: each has its share, is cleaned, and is left out if it gives orders to a model.
/// </summary>
internal static class ServerInstructions
{
    /// <summary>Characters (UTF-16 code units) of all.</summary>
    public const int MaxLength = 2_000;

    private const int MaxTitle = 80;
    private const int MaxSentence = 160;
    private const int MaxExamples = 2;

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
        var connectors = catalog
            .Tools.GroupBy(tool => tool.Connector)
            .Select(connector => (connector.Key, Tools: connector.ToList()))
            .ToList();
        if (connectors.Count == 0)
            return $"{start}No API is connected yet: tools appear in the list when a connector is added. {End}";
        var head = start + Names(catalog);
        var available = MaxLength - head.Length - End.Length - Reach(int.MaxValue, isSearched).Length - 2;
        var heads = connectors.ConvertAll(connector => Head(connector.Key, connector.Tools.Count));
        var shown = Fit(heads, available, out var hidden);
        var rest =
            available - shown.Sum(index => heads[index].Length + 1) - (hidden.Length > 0 ? hidden.Length + 1 : 0);
        var text = new StringBuilder(head).Append('\n');
        var isPartial = hidden.Length > 0;
        for (var i = 0; i < shown.Count; i++)
        {
            var map = Map(connectors[shown[i]].Tools, rest / (shown.Count - i), out var isCut);
            isPartial |= isCut;
            rest -= map.Length;
            text.Append(heads[shown[i]]).Append(map).Append('\n');
        }
        if (hidden.Length > 0)
            text.Append(hidden).Append('\n');
        if (isPartial)
            text.Append(Reach(catalog.Tools.Count, isSearched));
        return text.Append(End).ToString();
    }

    private static string Reach(int tools, bool isSearched) =>
        isSearched
            ? ReachBySearch
            : string.Create(
                CultureInfo.InvariantCulture,
                $"More exists than is named here: look for the words of a resource among the names of the "
                    + $"{tools:N0} tools. "
            );

    private static string Names(ToolCatalog catalog)
    {
        var examples = catalog
            .Tools.Select(tool => tool.Name)
            .Where((_, position) => position == 0 || position == catalog.Tools.Count / 2)
            .Distinct();
        var names =
            $"Tools are named after the API's operations in snake case, such as "
            + $"{string.Join(" and ", examples.Take(MaxExamples))}.";
        return catalog.Ambiguous.Count == 0
            ? names
            : $"{names} Where two APIs have the same name, it is connector__tool.";
    }

    private static string Head(ConnectorManifest connector, int tools)
    {
        var title = Trusted(
            UntrustedText.Shorten(
                UntrustedText.Clean(connector.Title) is { Length: > 0 } named ? named : connector.Name,
                MaxTitle
            ),
            connector.Name
        );
        var sentence = Trusted(FirstSentence.Of(connector.Description, MaxSentence), "");
        if (sentence.StartsWith(title, StringComparison.OrdinalIgnoreCase) && sentence.Length <= title.Length + 1)
            sentence = "";
        var count = string.Create(CultureInfo.InvariantCulture, $"{tools:N0} {(tools == 1 ? "tool" : "tools")}");
        var about =
            sentence.Length == 0 ? "." : $": {sentence}{(sentence[^1] is '.' or '!' or '?' or '…' or '。' ? "" : ".")}";
        return $"- {title} ({(title == connector.Name ? "" : $"{connector.Name}, ")}{count}){about}";
    }

    // Connectors in the order of the catalog, as many as fit together with a line that says how many do not.
    private static List<int> Fit(List<string> heads, int available, out string hidden)
    {
        hidden = "";
        var shown = Enumerable.Range(0, heads.Count).ToList();
        while (shown.Sum(index => heads[index].Length + 1) + (hidden.Length > 0 ? hidden.Length + 1 : 0) > available)
        {
            shown.RemoveAt(shown.Count - 1);
            var more = heads.Count - shown.Count;
            hidden = string.Create(CultureInfo.InvariantCulture, $"- {more:N0} more {(more == 1 ? "API" : "APIs")}.");
        }
        return shown;
    }

    private static string Map(IReadOnlyList<ServedTool> tools, int available, out bool isCut)
    {
        const string label = " Resources: ";
        var map = new StringBuilder();
        isCut = false;
        foreach (var resource in ResourceMap.Of(tools.Select(tool => tool.Endpoint)).Resources)
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

    private static string Trusted(string text, string instead) => InstructionRule.Instructs(text) ? instead : text;
}
