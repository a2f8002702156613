namespace McpRuntime.OpenApi.Model;

/// <summary>A value, and what was found in making it.</summary>
internal sealed record Found<T>(T Value, IReadOnlyList<ImportFinding> Findings);
