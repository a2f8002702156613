using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas;

/// <summary>One reason why a value is not a usable JSON Schema 2020-12.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the place in the schema.</param>
/// <param name="Message">What is wrong there and what would be right; does not name the place.</param>
public sealed record SchemaProblem(string Pointer, string Message)
{
    /// <summary>A warning marks what evaluates, but hardly as its author meant.</summary>
    public FindingSeverity Severity { get; init; } = FindingSeverity.Error;
}
