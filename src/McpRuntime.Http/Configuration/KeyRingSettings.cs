namespace McpRuntime.Http.Configuration;

/// <summary>What wraps the keys by which the gateway encrypts what it keeps.</summary>
internal sealed class KeyRingSettings
{
    /// <summary><c>KEY_RING_KEY_FILE</c>: wraps the keys of the ring; null for none.</summary>
    public WrappingKey? Key { get; init; }

    /// <summary><c>KEY_RING_OTHER_KEY_FILES</c>: open keys that they wrapped, and wrap none.</summary>
    public IReadOnlyList<WrappingKey> Others { get; init; } = [];
}
