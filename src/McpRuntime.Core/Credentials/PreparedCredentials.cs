using McpRuntime.Approvals;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>
/// Credentials made ready to be sent, shared by calls: reading and encoding them anew would cost each call more than
/// all else here. They are good for as long as their sources would give the same, a minute at most, and until the API
/// refuses them. Their memory is cleared when they were replaced and the last call that uses them has ended.
/// </summary>
internal sealed class PreparedCredentials
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly List<IDisposable> _owned = [];
    private readonly List<CredentialUse> _uses = [];
    private readonly List<TokenRenewer> _renewers = [];
    private readonly List<FoundCredential> _found = [];
    private int _holders = 1;
    private volatile bool _refused;

    /// <summary>What they are for.</summary>
    public required CredentialNeeds Needs { get; init; }

    /// <summary>When they were made, of the caller's clock.</summary>
    public required long Since { get; init; }

    /// <summary>What the user had approved when they were made.</summary>
    public required ConnectorApprovals Approvals { get; init; }

    /// <summary>A token among them expires then.</summary>
    public DateTimeOffset GoodUntil { get; private set; } = DateTimeOffset.MaxValue;

    public IReadOnlyList<CredentialUse> Uses => _uses;

    /// <summary>How the fetched tokens among <see cref="Uses"/> are replaced.</summary>
    public IReadOnlyList<TokenRenewer> Renewers => _renewers;

    /// <summary>Proves the client in the TLS handshake; null for none.</summary>
    public ClientCertificate? Certificate { get; set; }

    public Redactor Redactor { get; } = new();

    /// <summary>Notes what a source gave, or that it gave nothing, and takes it over.</summary>
    public void Own(FoundCredential found)
    {
        _found.Add(found);
        if (found.Credential is not { } credential)
            return;
        _owned.Add(credential);
        Redactor.Add(credential);
    }

    /// <summary>
    /// Whose sign-in, or which profile, it is, e.g. <c>sign-in of the caller: ann@example.com</c>; null where there is
    /// neither.
    /// </summary>
    public string? Account { get; private set; }

    /// <summary>As <see cref="Account"/> without the name of a person, for records that many may read.</summary>
    public string? AccountKind { get; private set; }

    /// <summary>Notes whose a credential is that is sent.</summary>
    public void NoteAccount(CredentialKey key, Credential credential)
    {
        if (credential.SignIn is null && key.Profile == CredentialKey.DefaultProfile)
            return;
        var account = credential.Account is { } name ? $"{credential.Source}: {name}" : credential.Source;
        var profile = key.Profile == CredentialKey.DefaultProfile ? "" : $" (profile '{key.Profile}')";
        Account = Join(Account, account + profile);
        AccountKind = Join(AccountKind, credential.Source + profile);

        static string Join(string? before, string next) => before is null ? next : $"{before}; {next}";
    }

    /// <summary>Says how a scheme's credential is sent.</summary>
    public void Use(SecurityScheme scheme, Credential credential) =>
        _uses.Add(
            scheme switch
            {
                ApiKeyScheme key => new CredentialUse(
                    key.Location,
                    key.KeyName,
                    key.Prefix,
                    credential[CredentialField.Value]!
                ),
                BasicScheme => CredentialUse.Authorization("Basic", Take(BasicPair.Encode(credential))),
                HttpScheme http => CredentialUse.Authorization(http.Scheme, credential[CredentialField.Value]!),
                _ => CredentialUse.Authorization("Bearer", credential[CredentialField.Token]!),
            }
        );

    /// <summary>Sends a token that was fetched.</summary>
    /// <param name="token">The token, taken over.</param>
    /// <param name="renew">Gets another one in place of a token that the API refused; null where that cannot
    /// be.</param>
    public void UseToken(FetchedToken token, Func<Secret, CancellationToken, Task<FetchedToken>>? renew)
    {
        _uses.Add(CredentialUse.Authorization("Bearer", Take(token.Secret)));
        if (token.GoodUntil < GoodUntil)
            GoodUntil = token.GoodUntil;
        if (renew is not null)
            _renewers.Add(new TokenRenewer(_uses.Count - 1, renew));
    }

    /// <summary>Whether another call may use them.</summary>
    public bool IsGood(ConnectorApprovals approvals, TimeProvider time)
    {
        if (
            _refused
            || !ReferenceEquals(Approvals, approvals)
            || time.GetElapsedTime(Since) >= Lifetime
            || time.GetUtcNow() >= GoodUntil
        )
            return false;
        foreach (var found in _found)
        {
            if (!found.Source.IsCurrent(found.Key, found.Credential))
                return false;
        }
        return true;
    }

    /// <summary>The API refused them: no further call uses them.</summary>
    public void Refuse() => _refused = true;

    /// <summary>Keeps them from being cleared; false where they already are.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; )
        {
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders)
                return true;
            holders = before;
        }
        return false;
    }

    /// <summary>Undoes <see cref="TryHold"/>, or the hold of the one who made them.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;
        _owned.ForEach(static owned => owned.Dispose());
        Redactor.Dispose();
    }

    private Secret Take(Secret secret)
    {
        _owned.Add(secret);
        Redactor.Add(secret);
        return secret;
    }
}

/// <summary>What a source gave for a scheme.</summary>
/// <param name="Source">Who was asked.</param>
/// <param name="Key">Which one it was asked for.</param>
/// <param name="Credential">Null where it gave nothing.</param>
internal sealed record FoundCredential(ICredentialSource Source, CredentialKey Key, Credential? Credential);

/// <summary>Replaces a fetched token.</summary>
/// <param name="Index">Its place among the uses.</param>
/// <param name="Renew">Gets another one in place of one that was refused.</param>
internal sealed record TokenRenewer(int Index, Func<Secret, CancellationToken, Task<FetchedToken>> Renew);
