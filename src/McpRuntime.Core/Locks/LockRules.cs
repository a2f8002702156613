namespace McpRuntime.Locks;

/// <summary>Rule ids of what a lock refuses; <c>docs/rules.md</c> explains each.</summary>
internal static class LockRules
{
    public const string Unreadable = "lock-unreadable";
    public const string Connector = "lock-connector";
    public const string Tool = "lock-tool";
}
