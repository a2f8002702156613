using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Get-McpTool: gets the tools of connectors, of a running server, or of any MCP server.</summary>
/// <remarks>
/// <para>If two connectors have a tool with the same name, each is called connector__tool. The built-in tools (echo,
/// hello, get_time) are included as on a server; MCP_RUNTIME_BUILTIN_TOOLS=false removes them.</para>
/// <para>With -Full it returns help for a tool: the description, each argument with its type, whether it
/// is required, its choices, default and limits, the result, and an example.</para>
/// <para>-Search ranks the tools by how well they fit what you want to do, in English, German, French, Spanish or
/// Japanese: other forms of a word, synonyms and typing errors are understood, verbs are matched with the HTTP method,
/// and deprecated operations come last. No service is called.</para>
/// <para>With -Cost it estimates the tokens of a list of tools; the estimate is usually within 10 % of OpenAI's
/// tokenizer o200k for the lists of real APIs. A list takes the sum.</para>
/// <para>Servers of McpRuntime publish connector, endpoint and tags of their tools; other MCP servers do not.</para>
/// </remarks>
/// <example>
/// <code>
/// Get-McpTool -ReadOnly -Search 'which pets have been sold' -First 3
/// </code>
/// Finds the three read-only tools that match these words best.
/// </example>
/// <example>
/// <code>
/// Get-McpTool get_pet -Full
/// </code>
/// Shows the help of a tool.
/// </example>
/// <example>
/// <code>
/// (Get-McpTool get_pet -Full).Arguments | Where-Object Required
/// </code>
/// Lists the required arguments of a tool as objects.
/// </example>
/// <example>
/// <code>
/// Get-McpTool -Connector petstore -Method POST, PUT -Tag 'p*'
/// </code>
/// Lists the tools of one connector by HTTP method and tag.
/// </example>
/// <example>
/// <code>
/// Get-McpTool -Cost | Sort-Object Tokens -Descending | Select-Object -First 10
/// </code>
/// Lists the ten tools that take most of a model's context, with the tokens of their texts, schemas and annotations.
/// </example>
/// <example>
/// <code>
/// $tokens = @{ Name = 'Tokens'; Expression = { ($_.Group | Measure-Object Tokens -Sum).Sum } }
/// Get-McpTool -Cost | Group-Object Connector | Select-Object Name, Count, $tokens
/// </code>
/// Sums the estimated tokens by connector.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpTool", DefaultParameterSetName = ConnectorSet)]
[OutputType(typeof(McpTool), typeof(McpToolHelp), typeof(McpToolCost))]
public sealed class GetMcpToolCommand : McpToolCommand
{
    private const int UsualHits = 10;

    /// <summary>Names of tools, with wildcards. Default: all.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    /// <summary>Only read-only tools.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Only tools with one of these HTTP methods.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HttpMethodCompleter))]
    public string[] Method { get; set; } = [];

    /// <summary>
    /// Only tools with one of these tags, with wildcards. Connectors that were imported without tags have none; import
    /// them again.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>What you want to do, in your words. Writes the tools that fit best, best first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Maximum number of tools. Default: 10 with -Search, otherwise all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>Returns help for each tool, with arguments and an example, instead of the tool.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>
    /// Write about how many tokens of a model's context each tool takes in a list of tools, by part, instead of the
    /// tool.
    /// </summary>
    [Parameter]
    public SwitchParameter Cost { get; set; }

    protected override void ProcessRecord()
    {
        var choice = new ToolChoice
        {
            Connectors = Connector,
            ReadOnly = ReadOnly,
            Methods = Method,
            Tags = Tag,
        };
        var tools = Target().List();
        var chosen = (Name.Length == 0 ? tools : Name.SelectMany(name => Named(name, tools))).Where(choice.Allows);
        if (Search is { } request)
            chosen = new ToolSearch(tools).Rank(request, chosen);
        var most =
            MyInvocation.BoundParameters.ContainsKey(nameof(First)) ? First
            : Search is null ? int.MaxValue
            : UsualHits;
        foreach (var tool in chosen.Take(most))
            WriteObject(Shown(tool));
    }

    private IEnumerable<McpTool> Named(string name, IReadOnlyList<McpTool> tools)
    {
        var found = tools.Where(tool => ToolChoice.IsLike(name, tool.Name)).ToList();
        // Names may differ only in case.
        if (found.Count > 1 && found.Find(tool => tool.Name == name) is { } exact)
            return [exact];
        return found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name) ? Explain(name) : found;
    }

    private object Shown(McpTool tool) =>
        Cost ? new McpToolCost(tool, tool.Cost(Settings().PublishOutputSchemas))
        : Full ? new McpToolHelp(tool, Location())
        : tool;

    // A name may be anything, and an id is unique.
    private string Location()
    {
        if (Runtime is { } runtime)
            return $"-Runtime (Get-McpRuntime -Id {runtime.Id})";
        if (Server is { } server)
            return $"-Server (Get-McpServer -Id {server.Id})";
        return ConnectorPath is { } folder ? $"-ConnectorPath {PowerShellText.Quote(folder)}" : "";
    }

    // A name of the manifest, where the served name is longer, is fine too.
    private IEnumerable<McpTool> Explain(string name)
    {
        try
        {
            return [Target().Find(name)];
        }
        catch (ToolNotFoundException exception)
        {
            WriteError(exception.ToError());
            return [];
        }
    }
}
