using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>What a vault was asked for, while and after it answers.</summary>
internal sealed class KeptSecret : IDisposable
{
    // SecretStore notices what another process wrote five seconds later (its source, Utils.cs, _updateEventTimer).
    private static readonly TimeSpan OutdatedAtMost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _using = new();
    private readonly Task<IReadOnlyDictionary<CredentialField, Secret>> _fields;
    private bool _disposed;

    /// <param name="vault">Asked at once, on its own thread: it blocks, and anyone who waits may give up before it
    /// answers.</param>
    /// <param name="record">What it is asked for.</param>
    /// <param name="time">The clock.</param>
    public KeptSecret(SecretVault vault, SecretRecord record, TimeProvider time)
    {
        Record = record;
        Since = time.GetTimestamp();
        IsFresh = time.GetUtcNow() - record.SetAt < OutdatedAtMost;
        _fields = Task.Run(() => AskAsync(vault, record, time));
    }

    public SecretRecord Record { get; }

    /// <summary>When it was asked.</summary>
    public long Since { get; }

    /// <summary>The record had been set just before: a vault may have given what it held until then.</summary>
    public bool IsFresh { get; }

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
            return new Credential(
                $"vault {Record.Vault}",
                fields.Select(field => KeyValuePair.Create(field.Key, Secret.FromUtf8(field.Value.RevealUtf8())))
            )
            {
                Mark = this,
                Record = Record,
                IsApprovedInPowerShell = true,
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
            TaskScheduler.Default
        );
    }

    private static async Task<IReadOnlyDictionary<CredentialField, Secret>> AskAsync(
        SecretVault vault,
        SecretRecord record,
        TimeProvider time
    )
    {
        for (; ; )
        {
            var fields = SecretContent.Read(vault.Get(record.Vault, record.SecretName), record, out var isOutdated);
            if (!isOutdated || time.GetUtcNow() - record.SetAt > OutdatedAtMost)
                return fields;
            foreach (var secret in fields.Values)
                secret.Dispose();
            await Task.Delay(Pause, time);
        }
    }
}
