namespace McpRuntime.Calls.Plan;

/// <summary>What a tool is called in records of its calls.</summary>
/// <param name="Project">The project of a gateway; null outside of projects.</param>
/// <param name="Connector">Name of the connector.</param>
/// <param name="Tool">Name of the tool in its manifest.</param>
/// <param name="Name">Name on the wire.</param>
public sealed record ToolLabel(string? Project, string Connector, string Tool, string Name)
{
    /// <summary><c>[project/]connector:tool</c>.</summary>
    public string Target { get; } = Project is null ? $"{Connector}:{Tool}" : $"{Project}/{Connector}:{Tool}";
}
