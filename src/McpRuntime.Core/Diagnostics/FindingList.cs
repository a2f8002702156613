namespace McpRuntime.Diagnostics;

/// <summary>Findings as they are made.</summary>
internal sealed class FindingList
{
    public List<Finding> Items { get; } = [];

    public void Error(string rule, string pointer, string message) =>
        Add(rule, FindingSeverity.Error, pointer, message);

    public void Warning(string rule, string pointer, string message) =>
        Add(rule, FindingSeverity.Warning, pointer, message);

    public void Add(string rule, FindingSeverity severity, string pointer, string message) =>
        Items.Add(new Finding(rule, severity, message) { Pointer = pointer });
}
