namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>Which tool a parameter set of a command calls.</summary>
/// <param name="parameterSet">The parameter set.</param>
/// <param name="tool">The tool's name in the manifest, or on the server.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ApiToolAttribute(string parameterSet, string tool) : Attribute
{
    public string ParameterSet { get; } = parameterSet;

    public string Tool { get; } = tool;

    /// <summary>The set has -First, -Skip and -All, which are not arguments of the tool.</summary>
    public bool HasPages { get; init; }
}

/// <summary>Where the tools are that the commands of an assembly call.</summary>
/// <param name="source">The connector's name; for tools of an MCP server, what the session knows it by.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ApiSourceAttribute(string source) : Attribute
{
    public string Source { get; } = source;

    /// <summary>
    /// The connectors folder; null for the default one. <c>.</c> is the folder of the assembly, whose only manifest is
    /// <c>connector.yaml</c>.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Number of the session with an MCP server whose tools they are; 0 for those of a connector.
    /// </summary>
    public int ServerId { get; init; }
}
