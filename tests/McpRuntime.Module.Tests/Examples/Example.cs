namespace McpRuntime.Module.Tests.Examples;

/// <summary>Commands as a user reads them in help, samples or docs.</summary>
/// <param name="Place">Where they are, such as <c>README.md:27</c> or <c>Get-Help Get-McpTool, example 2</c>.</param>
/// <param name="Code">Their lines.</param>
internal sealed record Example(string Place, string Code);
