namespace McpRuntime.Credentials;

/// <summary>
/// Where the user keeps the credential of one scheme: a vault, and the name in it. It is the user's data and never a
/// manifest's, which could otherwise name any secret of the vault. It holds nothing secret.
/// </summary>
/// <param name="Vault">Name of the vault.</param>
/// <param name="SecretName">Name of the secret in it.</param>
/// <param name="IsOwn">The user manages the secret; otherwise it was made for this connector and goes with the
/// record.</param>
/// <param name="Fields">What the secret gives, in the order of its parts.</param>
/// <param name="SetAt">When it was set, UTC.</param>
/// <param name="ExpiresAt">When the credential ends, as far as the user knows, UTC.</param>
public sealed record SecretRecord(
    string Vault,
    string SecretName,
    bool IsOwn,
    IReadOnlyList<CredentialField> Fields,
    DateTimeOffset SetAt,
    DateTimeOffset? ExpiresAt = null
)
{
    /// <summary>
    /// Also in the secret, which shows whether a vault still returns the previous one. Null for the user's own.
    /// </summary>
    public string? Stamp { get; init; }
}

/// <summary>A record and what it is for.</summary>
public sealed record SecretRecordEntry(string Connector, string Scheme, SecretRecord Record);
