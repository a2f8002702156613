using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>A tool that gets a command.</summary>
/// <param name="Tool">Its name is kept where it has one.</param>
/// <param name="OperationId">As the document has it.</param>
/// <param name="Wish">The name that the author of the document wants, <c>x-mcp.cmdlet</c>.</param>
internal sealed record NamingSubject(ToolManifest Tool, string? OperationId = null, CommandName? Wish = null);

/// <summary>Names of commands.</summary>
/// <param name="Commands">One for each tool, in their order.</param>
/// <param name="Findings">What had to be told apart by more than the path.</param>
internal sealed record NamedCommands(IReadOnlyList<CommandName> Commands, IReadOnlyList<Diagnostics.Finding> Findings);
