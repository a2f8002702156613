using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Get-McpTool: gets the tools of connectors, of a running server, or of any MCP server.</summary>
/// <remarks>
/// <para>Where two connectors have a tool of one name, each is called connector__tool. The built-in tools (echo, hello,
/// get_time) are those that a server would have too; BUILTIN_TOOLS=false leaves them out.</para>
/// <para>With -Full it writes what a person reads before a call: the description, each argument with its type, whether it
/// is required, its choices, default and limits, what the tool returns, and a call to start from.</para>
/// <para>A server of this runtime tells connector, endpoint and tags of its tools; other MCP servers do not.</para>
/// </remarks>
/// <example>
/// <code>
/// Get-McpTool -ReadOnly -Search 'pet status'
/// </code>
/// Finds the tools that only read and have both words in their name, description, endpoint or tags.
/// </example>
/// <example>
/// <code>
/// Get-McpTool get_pet -Full
/// </code>
/// Shows what there is to know about a tool before it is called.
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
[Cmdlet(VerbsCommon.Get, "McpTool", DefaultParameterSetName = ConnectorSet)]
[OutputType(typeof(McpTool), typeof(McpToolHelp))]
public sealed class GetMcpToolCommand : McpToolCommand
{
    /// <summary>Names of tools, with wildcards; all of them without it.</summary>
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

    /// <summary>Only tools that change nothing.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Only tools with one of these HTTP methods.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HttpMethodCompleter))]
    public string[] Method { get; set; } = [];

    /// <summary>Only tools with one of these tags, with wildcards. Connectors that were imported before tags were kept have none; import them again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Words that are all in the tool's name, title, description, endpoint, connector or tags, in any case.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Write what a person reads before a call, with arguments and an example, instead of the tool.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    protected override void ProcessRecord()
    {
        var choice = new ToolChoice
        {
            Connectors = Connector, ReadOnly = ReadOnly, Methods = Method, Tags = Tag, Search = Search is null ? null : new ToolSearch(Search),
        };
        var tools = Target().List();
        if (Name.Length == 0)
            Write(tools, choice);
        foreach (var name in Name)
        {
            var found = tools.Where(tool => ToolChoice.IsLike(name, tool.Name)).ToList();
            // Names may differ only in case.
            if (found.Count > 1 && found.Find(tool => tool.Name == name) is { } exact)
                found = [exact];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                found.AddRange(Explain(name));
            Write(found, choice);
        }
    }

    private void Write(IEnumerable<McpTool> tools, ToolChoice choice)
    {
        foreach (var tool in tools.Where(choice.Allows))
            WriteObject(Full ? new McpToolHelp(tool, Location()) : tool);
    }

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
