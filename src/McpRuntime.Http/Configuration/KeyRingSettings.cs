namespace McpRuntime.Http.Configuration;

/// <summary>What wraps the keys by which the gateway encrypts what it keeps.</summary>
internal sealed class KeyRingSettings
{
    /// <summary>
    /// File (<c>openssl rand -base64 48</c>) that wraps the key ring: the keys in the database by which the gateway
    /// encrypts the sign-ins that it keeps. Needed to keep any; all replicas use the same.
    /// </summary>
    /// <setting name="KEY_RING_KEY_FILE" values="a file of at least 32 random bytes" otherwise="none"/>
    public WrappingKey? Key { get; init; }

    /// <summary>
    /// Further key files that open the key ring but wrap no new key; to change <c>KEY_RING_KEY_FILE</c>.
    /// </summary>
    /// <setting
    ///   name="KEY_RING_OTHER_KEY_FILES"
    ///   values="files, as a JSON list or separated by commas"
    ///   otherwise="none"
    /// />
    public IReadOnlyList<WrappingKey> Others { get; init; } = [];
}
