using McpRuntime.Diagnostics;
using McpRuntime.Locks;

namespace McpRuntime.Cmdlets.Locks;

/// <summary>What happened to a tool since it was reviewed.</summary>
public enum McpLockChange
{
    Added,
    Removed,
    Changed,
}

/// <summary>How a tool differs from what was reviewed.</summary>
public sealed class McpLockDifference
{
    internal McpLockDifference(LockDifference difference)
    {
        Connector = UntrustedText.ForTerminal(difference.Connector);
        Tool = difference.Tool is { } tool ? UntrustedText.ForTerminal(tool) : null;
        Change = (McpLockChange)difference.Kind;
        Words = [.. difference.Words.Select(words => UntrustedText.ForTerminal(words))];
    }

    /// <summary>Name of the connector.</summary>
    public string Connector { get; }

    /// <summary>Name of the tool; empty for the connector's own title and description.</summary>
    public string? Tool { get; }

    public McpLockChange Change { get; }

    /// <summary>What differs, a sentence each.</summary>
    public IReadOnlyList<string> Words { get; }

    public override string ToString() => $"{Connector} {Tool}: {Change} {string.Join(' ', Words)}".TrimEnd();
}
