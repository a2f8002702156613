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
/// <param name="ExpiresAt">When the credential ends, as far as the user knows, UTC; of a sign-in that cannot be
/// renewed, its access token.</param>
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
    /// The kind of store that has it: <c>vault</c> of SecretManagement, or a store of the console, see
    /// <see cref="Stores.ISecretStore.Kind"/>.
    /// </summary>
    public string Store { get; init; } = InVault;

    /// <summary>It is a sign-in, whose tokens are renewed; see <see cref="SignIns.SignIn"/>.</summary>
    public bool IsSignIn { get; init; }

    /// <summary>How often its tokens were renewed, as <see cref="SignIns.SignIn.Generation"/>.</summary>
    public long Generation { get; init; }

    /// <summary>Whose account it is, for display; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>The scopes that were granted.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>
    /// Also in the secret, which shows whether a vault still returns the previous one. Null for the user's own.
    /// </summary>
    public string? Stamp { get; init; }

    /// <summary><see cref="Store"/> of a vault of SecretManagement.</summary>
    public const string InVault = "vault";
}

/// <summary>A record and what it is for.</summary>
/// <param name="Key">Never of a holder: those are a gateway's.</param>
/// <param name="Record">The record.</param>
public sealed record SecretRecordEntry(CredentialKey Key, SecretRecord Record)
{
    public string Connector => Key.Connector;

    public string Scheme => Key.Scheme;
}
