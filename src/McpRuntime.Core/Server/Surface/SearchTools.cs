using McpRuntime.Connectors;
using McpRuntime.Json;

namespace McpRuntime.Server.Surface;

/// <summary>
/// The tools by which a model finds, reads about and calls all others, so that those need not be listed.
/// </summary>
internal static class SearchTools
{
    public const string Search = "search_tools";
    public const string Describe = "describe_tools";

    private static readonly JsonText SearchSchema = JsonText.Parse(
        $$$"""
        {"type":"object","properties":{
        "query":{"type":"string",
        "description":"What you want to do, in English, with the API's own words: list issues of a repository."},
        "api":{"type":"string","description":"Only this API; alone: what it has."},
        "resource":{"type":"string","description":"Only this resource, e.g. issues."},
        "access":{"enum":["read","write","destructive"]},
        "limit":{"type":"integer","minimum":1,
        "maximum":{{{ToolFinder.MostHits}}},"default":{{{ToolFinder.DefaultHits}}} }
        },"additionalProperties":false}
        """
    );

    private static readonly JsonText DescribeSchema = JsonText.Parse(
        $$$"""
        {"type":"object","properties":{
        "names":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":{{{ToolDescriber.MostNames}}} },
        "schema":{"type":"boolean","description":"Adds the full JSON Schema."}
        },"required":["names"],"additionalProperties":false}
        """
    );

    /// <summary>Those for the tools of one list.</summary>
    public static IReadOnlyList<BuiltInTool> Create(ToolCatalog catalog)
    {
        var finder = new ToolFinder(catalog);
        return
        [
            new(
                Search,
                "Search tools",
                "Finds tools of the REST APIs here, which are not listed. With a query: the best tools as "
                    + "signatures, marked read, write or "
                    + "destructive. Without arguments: the APIs. With api: its resources and what can be done "
                    + "with them.",
                SearchSchema,
                finder.Find
            )
            {
                IsAlwaysLoaded = true,
            },
            DescribeTool(catalog) with
            {
                IsAlwaysLoaded = true,
            },
            .. CallTools.All,
        ];
    }

    /// <summary><c>describe_tools</c> alone, for lists whose tools are summarised.</summary>
    public static BuiltInTool DescribeTool(ToolCatalog catalog) =>
        new(
            Describe,
            "Describe tools",
            "Arguments of tools with types, constraints and examples. Read it before you call a tool whose "
                + "signature was cut or has "
                + "arguments that you do not know.",
            DescribeSchema,
            arguments => ToolDescriber.Describe(catalog, arguments)
        );
}
