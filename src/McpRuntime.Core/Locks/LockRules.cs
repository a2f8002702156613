namespace McpRuntime.Locks;

/// <summary>Rule ids of what a lock refuses. The page of rules is made from these comments.</summary>
/// <section order="4" title="Lock">
/// What <c>serve --lock</c>, the gateway and <c>MCP_RUNTIME_LOCK</c> refuse; see <see href="docs/lock.md">Lock</see>.
/// </section>
internal static class LockRules
{
    /// <summary>
    /// The lock does not exist, cannot be read, or was edited by hand. No tool is served; a process that has read it
    /// before goes on with it.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Correct the path, or make it anew with <c>mcp-runtime lock</c> (<c>Update-McpLock</c>).</fix>
    public const string Unreadable = "lock-unreadable";

    /// <summary>
    /// The connector is not in the lock, or its title or description is not what was reviewed. None of its tools is
    /// served.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Review it, and update the lock.</fix>
    public const string Connector = "lock-connector";

    /// <summary>
    /// Tools that are new, or not what was reviewed; the message says what differs. They are not served.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Review them, and update the lock.</fix>
    public const string Tool = "lock-tool";
}
