using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>What a source knows for one scheme of one connector. Disposing clears its secrets.</summary>
public sealed class Credential : IDisposable
{
    private readonly Secret?[] _fields = new Secret?[(int)CredentialField.Origins];

    /// <param name="source">Where it comes from, in words for a message, e.g. <c>environment</c>.</param>
    public Credential(string source) => Source = source;

    /// <param name="source">Where it comes from, in words for a message.</param>
    /// <param name="fields">Its secrets, taken over.</param>
    public Credential(string source, IEnumerable<KeyValuePair<CredentialField, Secret>> fields)
        : this(source)
    {
        foreach (var (field, secret) in fields)
            Set(field, secret);
    }

    public string Source { get; }

    /// <summary>Origins that the credential itself was set for.</summary>
    public IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>
    /// <c>Set-McpCredential -Force</c> approves it for another origin; otherwise a variable or file of origins does.
    /// </summary>
    public bool IsApprovedInPowerShell { get; init; }

    /// <summary>
    /// What a user does to approve it for another origin, after "If that is the right server, …, or"; null where
    /// a variable or file does, or PowerShell.
    /// </summary>
    public string? HowToApprove { get; init; }

    /// <summary>
    /// What its source recognizes it by, see <see cref="ICredentialSource.IsCurrent"/>; nothing to others.
    /// </summary>
    public object? Mark { get; init; }

    /// <summary>What is recorded of it; null where its source records nothing.</summary>
    public SecretRecord? Record { get; init; }

    /// <summary>
    /// Gives its access token; null for a credential of fields. One with it needs no fields.
    /// </summary>
    public ISignInTokens? SignIn { get; init; }

    /// <summary>Whose account a sign-in is for, for the audit; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>True when no secret is there.</summary>
    public bool IsEmpty => SignIn is null && Array.TrueForAll(_fields, secret => secret is null);

    /// <summary>A secret field; null where it is not set. <see cref="CredentialField.Origins"/> is none.</summary>
    public Secret? this[CredentialField field]
    {
        get => _fields[(int)field];
        init => _fields[(int)field] = value;
    }

    public void Dispose()
    {
        foreach (var field in _fields)
            field?.Dispose();
    }

    /// <summary>Says where it comes from and nothing of what it holds.</summary>
    public override string ToString() => $"*** ({Source})";

    internal void Set(CredentialField field, Secret secret) => _fields[(int)field] = secret;

    internal IEnumerable<Secret> Secrets()
    {
        foreach (var field in _fields)
        {
            if (field is not null)
                yield return field;
        }
    }
}
