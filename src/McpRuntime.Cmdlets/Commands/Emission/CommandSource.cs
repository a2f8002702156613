using McpRuntime.Cmdlets.Commands.Declarations;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>Where the tools of an assembly's commands are: what its <see cref="ApiSourceAttribute"/> says.</summary>
/// <param name="Name">The connector's name; for tools of an MCP server, what the session knows it by.</param>
internal sealed record CommandSource(string Name)
{
    /// <inheritdoc cref="ApiSourceAttribute.Folder"/>
    public string? Folder { get; init; }

    /// <inheritdoc cref="ApiSourceAttribute.ServerId"/>
    public int ServerId { get; init; }
}
