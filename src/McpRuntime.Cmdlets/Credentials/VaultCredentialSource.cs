using McpRuntime.Configuration;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// Credentials from the user's vaults. A vault may be slow or remote, so answers are kept: until Set-McpCredential
/// records something new, the API refuses the credential, or a minute has passed.
/// </summary>
/// <param name="vault">The vaults.</param>
/// <param name="settings">Where the records are; without a record no vault is asked.</param>
/// <param name="time">The clock; the system's by default.</param>
internal sealed class VaultCredentialSource(SecretVault vault, RuntimeSettings settings, TimeProvider? time = null)
    : ICredentialSource,
        IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // The user's own secret has no stamp that would tell the old one from the new.
    private static readonly TimeSpan LifetimeOfFreshOwn = TimeSpan.FromSeconds(1);

    private readonly VaultSignIns _signIns = new(vault, settings, time);
    private readonly Lock _asking = new();
    private readonly Dictionary<CredentialKey, KeptSecret> _kept = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields)
    {
        var parameter = fields switch
        {
            [CredentialField.Value] => "-ApiKey (Read-Host -AsSecureString)",
            [CredentialField.Token] => "-BearerToken (Read-Host -AsSecureString)",
            [CredentialField.ClientId, CredentialField.RefreshToken] =>
                "-ClientId ID -RefreshToken (Read-Host -AsSecureString)",
            [CredentialField.Certificate, ..] =>
                "-SecretName NAME, a secret of a vault that is a hashtable of certificate and private_key "
                    + "(PEM) and, where the key is encrypted, passphrase",
            [CredentialField.Pkcs12] =>
                "-SecretName NAME, a secret of a vault that is a hashtable of pkcs12 (in base64) and passphrase",
            [CredentialField.ClientId, ..] => "-ClientId ID -ClientSecret (Read-Host -AsSecureString)",
            _ => "-Credential (Get-Credential)",
        };
        var command = VaultSignIns.Command("Set-McpCredential", key);
        return $"run in PowerShell: {command} -SecurityScheme '{key.Scheme}' {parameter}";
    }

    public string? HowToSignIn(CredentialKey key) => key.Holder is null ? VaultSignIns.HowToSignIn(key) : null;

    public async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (_signIns.Records.Find(key) is not { } record)
        {
            Refused(key);
            return null;
        }
        if (record.IsSignIn)
        {
            Refused(key);
            return _signIns.Find(key, record);
        }
        if (record.ExpiresAt is { } end && end <= _time.GetUtcNow())
            throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} expired on {end.ToLocalTime():g}. Set a new one "
                    + $"with Set-McpCredential."
            );
        for (; ; )
        {
            if (await Kept(key, record).CopyAsync(cancellationToken) is { } credential)
                return credential;
        }
    }

    public bool IsCurrent(CredentialKey key, Credential? known)
    {
        var record = _signIns.Records.Find(key);
        if (record is null || known is null)
            return record is null && known is null;
        // A renewal changes the record of a sign-in; a new sign-in has a stamp of its own.
        if (record.IsSignIn)
            return known.Mark is SecretRecord { IsSignIn: true } before && record.Stamp == before.Stamp;
        if (record.ExpiresAt is { } end && end <= _time.GetUtcNow())
            return false;
        lock (_asking)
            return _kept.TryGetValue(key, out var kept) && ReferenceEquals(kept, known.Mark) && IsGood(kept, record);
    }

    public void Refused(CredentialKey key)
    {
        lock (_asking)
        {
            if (_kept.Remove(key, out var kept))
                kept.Dispose();
        }
    }

    /// <summary>Drops what is kept of the user's own secrets: nothing tells that they have changed.</summary>
    public void DropOwn()
    {
        lock (_asking)
        {
            foreach (var (key, kept) in _kept)
            {
                if (!kept.Record.IsOwn)
                    continue;
                _kept.Remove(key);
                kept.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_asking)
        {
            foreach (var kept in _kept.Values)
                kept.Dispose();
            _kept.Clear();
        }
        _signIns.Dispose();
    }

    private bool IsGood(KeptSecret kept, SecretRecord record)
    {
        var lifetime = kept is { IsFresh: true, Record.IsOwn: true } ? LifetimeOfFreshOwn : Lifetime;
        return ReferenceEquals(kept.Record, record) && !kept.HasFailed && _time.GetElapsedTime(kept.Since) < lifetime;
    }

    private KeptSecret Kept(CredentialKey key, SecretRecord record)
    {
        lock (_asking)
        {
            if (_kept.TryGetValue(key, out var kept))
            {
                if (IsGood(kept, record))
                    return kept;
                kept.Dispose();
            }
            return _kept[key] = new KeptSecret(vault, record, _time);
        }
    }
}
