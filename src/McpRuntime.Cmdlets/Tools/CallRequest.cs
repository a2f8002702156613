using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A call of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">An object.</param>
internal sealed record CallRequest(McpTool Tool, JsonElement Arguments)
{
    /// <summary>Longest answer; null for any.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The time of the whole call; null for that of the tool.</summary>
    public CallTimeout? Timeout { get; init; }

    /// <summary>Which of several accounts; null for what settings and manifest choose.</summary>
    public string? Profile { get; init; }

    /// <summary>The end of an operation that the API only accepts is waited for.</summary>
    public bool Waits { get; init; }

    /// <summary>Is shown where the call takes long.</summary>
    public required ProgressBar Bar { get; init; }
}
