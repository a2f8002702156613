using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Parameters.Examples;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>What a user reads about a tool before calling it.</summary>
public sealed class McpToolHelp
{
    /// <param name="tool">The tool.</param>
    /// <param name="location">Where it is, as parameters of Invoke-McpTool; empty for where Invoke-McpTool looks by
    /// itself.</param>
    internal McpToolHelp(McpTool tool, string location)
    {
        var names = InvokeMcpToolCommand.NamesOf(tool.Arguments);
        Name = tool.Name;
        Title = tool.Title;
        Description = tool.Description;
        Connector = tool.Connector;
        Server = tool.Server;
        Method = tool.Method;
        Endpoint = tool.Endpoint;
        Tags = tool.Tags;
        ReadOnly = tool.ReadOnly;
        Arguments =
        [
            .. tool
                .Arguments.All.OrderBy(argument => !argument.IsRequired)
                .Select(argument => new McpToolArgument(argument, names)),
        ];
        Syntax = CallLayout.Wrap(
            Arguments
                .Where(argument => argument.Parameter is not null)
                .Select(Written)
                .Prepend($"Invoke-McpTool {PowerShellText.Quote(tool.Name)}")
        );
        Returns = ValueSummary.OfOutput(tool.Output);
        Example = ExampleCall.Of(tool.Name, tool.Arguments, names, location);
    }

    public string Name { get; }

    public string? Title { get; }

    public string? Description { get; }

    /// <summary>
    /// The connector's name; null for a built-in tool, and for one of a server that has no connectors.
    /// </summary>
    public string? Connector { get; }

    /// <summary>Name of the server that has it; null for a tool of this session.</summary>
    public string? Server { get; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; }

    /// <summary>Method and path; null for a tool that is not an operation of an API.</summary>
    public string? Endpoint { get; }

    /// <summary>The tags of the operation.</summary>
    public string[] Tags { get; }

    /// <summary>Calling it changes nothing.</summary>
    public bool ReadOnly { get; }

    /// <summary>How it is called: optional arguments in brackets.</summary>
    public string Syntax { get; }

    /// <summary>Its arguments, the required ones first.</summary>
    public McpToolArgument[] Arguments { get; }

    /// <summary>The shape of its answer, as the document says; null where it does not.</summary>
    public string? Returns { get; }

    /// <summary>
    /// A call with all required arguments, which runs as it is: with examples of the document, else with values that
    /// its schemas allow.
    /// </summary>
    public string Example { get; }

    public override string ToString() => Name;

    private static string Written(McpToolArgument argument)
    {
        var text = argument.Type == "switch" ? $"-{argument.Parameter}" : $"-{argument.Parameter} <{argument.Type}>";
        return argument.Required ? text : $"[{text}]";
    }
}
