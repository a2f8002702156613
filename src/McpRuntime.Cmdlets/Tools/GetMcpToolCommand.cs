using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Engine;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Get-McpTool: gets the tools of connectors, of a running server, or of any MCP server.</summary>
/// <remarks>Where two connectors have a tool of one name, each is called connector__tool.</remarks>
/// <example>
/// <code>
/// Get-McpTool | Where-Object ReadOnly
/// </code>
/// Lists the tools of all connectors that only read.
/// </example>
/// <example>
/// <code>
/// (Get-McpTool get_pet).InputSchema.properties
/// </code>
/// Shows the arguments of a tool.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpTool", DefaultParameterSetName = ConnectorSet)]
[OutputType(typeof(McpTool))]
public sealed class GetMcpToolCommand : McpToolCommand
{
    /// <summary>Names of tools, with wildcards; all of them without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Names of connectors, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ConnectorSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    protected override void ProcessRecord()
    {
        var tools = Target().List();
        if (Connector.Length > 0)
            tools = [.. tools.Where(tool => Connector.Any(name => IsLike(name, tool.Connector ?? "")))];
        if (Name.Length == 0)
            WriteObject(tools, enumerateCollection: true);
        foreach (var name in Name)
        {
            var found = tools.Where(tool => IsLike(name, tool.Name)).ToList();
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Explain(name);
        }
    }

    private static bool IsLike(string pattern, string name) =>
        WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name);

    private void Explain(string name)
    {
        try
        {
            // A name of the manifest, where the served name is longer, is fine too.
            WriteObject(Target().Find(name));
        }
        catch (ToolNotFoundException exception)
        {
            Report(exception, ErrorId.ToolNotFound, ErrorCategory.ObjectNotFound, name);
        }
    }
}
