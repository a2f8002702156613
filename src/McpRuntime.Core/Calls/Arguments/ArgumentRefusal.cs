using McpRuntime.Json.Schemas;

namespace McpRuntime.Calls.Arguments;

/// <summary>The message about arguments that are refused.</summary>
internal static class ArgumentRefusal
{
    /// <param name="tool">Name of the tool.</param>
    /// <param name="problems">The reasons.</param>
    /// <param name="warnings">What else does not fit the schema, so that all of it can be corrected at once.</param>
    public static string Describe(
        string tool,
        IReadOnlyList<string> problems,
        IReadOnlyList<SchemaViolation>? warnings = null
    )
    {
        var message = $"The arguments of '{tool}' are invalid; nothing was sent:\n- {string.Join("\n- ", problems)}";
        return warnings is { Count: > 0 }
            ? $"{message}\nAlso, not a reason to refuse by itself:{SchemaWarningText.Lines(warnings)}"
            : message;
    }
}
