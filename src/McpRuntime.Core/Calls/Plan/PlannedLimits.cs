using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>The limits of a tool: its own, else its connector's, else the default.</summary>
internal sealed record PlannedLimits
{
    /// <summary>Bytes of an answer for a model, where the manifest says nothing.</summary>
    public const long DefaultResponseBytes = 1024 * 1024;

    private const int DefaultAttempts = 3;

    public int MaxAttempts { get; private init; } = DefaultAttempts;

    /// <summary>A user said that repeating is harmless although the method does not promise it.</summary>
    public bool RetryUnsafe { get; private init; }

    /// <summary>Bytes of the answer that are read.</summary>
    public long MaxResponseBytes { get; private init; } = DefaultResponseBytes;

    /// <summary>Null for any number.</summary>
    public LimitKey? RequestsPerMinute { get; private init; }

    /// <summary>Null for any number.</summary>
    public LimitKey? MaxConcurrency { get; private init; }

    public static PlannedLimits Of(ConnectorManifest connector, ToolManifest tool) =>
        new()
        {
            MaxAttempts = tool.Limits.MaxAttempts ?? connector.Limits.MaxAttempts ?? DefaultAttempts,
            RetryUnsafe = tool.Limits.RetryUnsafe ?? connector.Limits.RetryUnsafe ?? false,
            MaxResponseBytes = tool.Limits.MaxResponseBytes
                ?? connector.Limits.MaxResponseBytes
                ?? DefaultResponseBytes,
            RequestsPerMinute = Key(limits => limits.RequestsPerMinute, connector, tool),
            MaxConcurrency = Key(limits => limits.MaxConcurrency, connector, tool),
        };

    private static LimitKey? Key(Func<CallLimits, int?> limit, ConnectorManifest connector, ToolManifest tool)
    {
        if (limit(tool.Limits) is { } own)
            return new LimitKey(connector.Name, tool.Name, own);
        return limit(connector.Limits) is { } shared ? new LimitKey(connector.Name, null, shared) : null;
    }
}

/// <summary>Who shares a limit: the tools of a connector, or the calls of one tool that has its own.</summary>
/// <param name="Connector">Connector name.</param>
/// <param name="Tool">Tool name; null for the connector's limit.</param>
/// <param name="Value">The limit; an edited one is another limit.</param>
internal readonly record struct LimitKey(string Connector, string? Tool, int Value)
{
    /// <summary>The place in the manifest, for messages.</summary>
    public override string ToString() =>
        Tool is null ? $"the connector '{Connector}'" : $"the tool '{Tool}' of '{Connector}'";
}
