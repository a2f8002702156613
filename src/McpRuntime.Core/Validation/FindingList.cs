using McpRuntime.Diagnostics;

namespace McpRuntime.Validation;

/// <summary>Findings as they are made.</summary>
internal sealed class FindingList
{
    public List<Finding> Items { get; } = [];

    public void Error(string rule, string pointer, string message) =>
        Items.Add(new Finding(rule, FindingSeverity.Error, message) { Pointer = pointer });

    public void Warning(string rule, string pointer, string message) =>
        Items.Add(new Finding(rule, FindingSeverity.Warning, message) { Pointer = pointer });
}
