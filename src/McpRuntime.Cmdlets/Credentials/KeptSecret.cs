using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>What a vault was asked for, while and after it answers.</summary>
internal sealed class KeptSecret : IDisposable
{
    private static readonly CredentialField[] Secrets =
    [
        CredentialField.Value, CredentialField.Username, CredentialField.Password, CredentialField.Token,
        CredentialField.ClientId, CredentialField.ClientSecret,
    ];

    private readonly Lock _using = new();
    private readonly Task<IReadOnlyDictionary<CredentialField, Secret>> _fields;
    private bool _disposed;

    /// <param name="vault">Asked at once, on a thread of its own: it blocks, and whoever waits may give up before it answers.</param>
    /// <param name="record">What it is asked for.</param>
    /// <param name="since">A timestamp of now.</param>
    public KeptSecret(SecretVault vault, SecretRecord record, long since)
    {
        Record = record;
        Since = since;
        _fields = Task.Run(() => SecretContent.Read(vault.Get(record.Vault, record.SecretName), record));
    }

    public SecretRecord Record { get; }

    public long Since { get; }

    /// <summary>The vault refused or failed; asking again may help.</summary>
    public bool HasFailed => _fields.IsFaulted;

    /// <summary>A copy for the caller to dispose; null where this was disposed meanwhile.</summary>
    /// <exception cref="VaultException">The vault did not give it.</exception>
    public async Task<Credential?> CopyAsync(CancellationToken cancellationToken)
    {
        var fields = await _fields.WaitAsync(cancellationToken);
        lock (_using)
        {
            if (_disposed)
                return null;
            var copies = Array.ConvertAll(Secrets, field => fields.TryGetValue(field, out var secret) ? Secret.FromUtf8(secret.RevealUtf8()) : null);
            return new Credential($"vault {Record.Vault}")
            {
                [CredentialField.Value] = copies[0],
                [CredentialField.Username] = copies[1],
                [CredentialField.Password] = copies[2],
                [CredentialField.Token] = copies[3],
                [CredentialField.ClientId] = copies[4],
                [CredentialField.ClientSecret] = copies[5],
            };
        }
    }

    public void Dispose()
    {
        lock (_using)
            _disposed = true;
        _ = _fields.ContinueWith(
            read =>
            {
                _ = read.Exception;
                foreach (var secret in read.IsCompletedSuccessfully ? read.Result.Values : [])
                    secret.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
