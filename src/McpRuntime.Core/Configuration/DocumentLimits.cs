namespace McpRuntime.Configuration;

/// <summary>Bounds of every read of a document.</summary>
public sealed record DocumentLimits
{
    /// <summary>Bytes of one document; 64 MiB by default.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Time for one URL, redirects included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Redirects that are followed for one URL.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Nesting of objects and arrays.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>
    /// Nodes that YAML aliases may add by repetition; a bound against documents that multiply themselves.
    /// </summary>
    public int MaxAliasedNodes { get; init; } = 1_000_000;
}
