using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Network;

namespace McpRuntime.Credentials.Parent;

/// <summary>
/// Credentials that the process that started this one keeps, such as those of a user's vaults: they come over standard
/// input when a call needs them, and are never in arguments, variables or files. Only credentials that the user has
/// recorded are asked for, and a change of that record counts at once.
/// </summary>
public sealed class ParentCredentialSource : ICredentialSource, IDisposable
{
    // An answer holds a few secrets; a parent that sends more is not one.
    private const int MaxLineBytes = 1024 * 1024;

    private readonly Stream _output;
    private readonly SecretRecordStore _records;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ParentAnswer>> _asked = new();
    private readonly SemaphoreSlim _writing = new(1);
    private long _last;
    private bool _isGone;

    /// <param name="output">Where questions go, a line each; not disposed.</param>
    /// <param name="records">Says which credentials there are.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public ParentCredentialSource(Stream output, SecretRecordStore records, TimeProvider? time = null)
    {
        _output = output;
        _records = records;
        _time = time ?? TimeProvider.System;
    }

    public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        $"run in PowerShell: Set-McpCredential '{key.Connector}' -SecurityScheme '{key.Scheme}'{InProfile(key)}";

    public string? HowToSignIn(CredentialKey key) =>
        key.Holder is null ? $"run in PowerShell: Connect-McpConnector '{key.Connector}'{InProfile(key)}" : null;

    /// <summary>Takes the parent's answers until it closes its end, which ends the wait of all who asked.</summary>
    /// <param name="input">Where the parent's lines come from.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task ListenAsync(Stream input, CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxLineBytes, pinned: true);
        var filled = 0;
        try
        {
            while (await input.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var read)
            {
                filled += read;
                filled = TakeLines(buffer.AsSpan(0, filled));
            }
        }
        catch (IOException)
        {
            // A broken pipe is a closed one.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            Volatile.Write(ref _isGone, true);
            foreach (var waiting in _asked.Values)
                waiting.TrySetException(Gone());
        }
    }

    public async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (_records.Find(key) is not { } record)
            return null;
        if (record.ExpiresAt is { } end && end <= _time.GetUtcNow())
            throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} expired on {end.ToLocalTime():g}. Set a new one "
                    + $"with Set-McpCredential."
            );
        using var answer = await AskAsync(key, refused: null, cancellationToken);
        if (answer.Error is { } error)
            throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} was not supplied by {answer.Source}: {error}"
            )
            {
                ErrorCode = answer.ErrorCode,
            };
        if (answer.IsSignIn)
            return new Credential(answer.Source)
            {
                Origins = answer.Origins,
                IsApprovedInPowerShell = true,
                Mark = record,
                SignIn = new ParentSignIn(this, key),
            };
        if (answer.Fields.Count == 0)
            return null;
        var credential = new Credential(
            answer.Source,
            answer.Fields.Select(field => KeyValuePair.Create(field.Key, field.Value))
        )
        {
            Origins = answer.Origins,
            IsApprovedInPowerShell = true,
            Mark = record,
        };
        answer.Fields.Clear();
        return credential;
    }

    public bool IsCurrent(CredentialKey key, Credential? known) => _records.IsCurrent(key, known, _time.GetUtcNow());

    public void Dispose() => _writing.Dispose();

    private static string InProfile(CredentialKey key) =>
        key.Profile == CredentialKey.DefaultProfile ? "" : $" -Profile '{key.Profile}'";

    private static McpRuntimeException Gone() =>
        new("The process that supplies the credentials has ended. Start the server again from that process.");

    private async Task<ParentAnswer> AskAsync(CredentialKey key, long? refused, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var waiting = _asked[id] = new TaskCompletionSource<ParentAnswer>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        try
        {
            if (Volatile.Read(ref _isGone))
                throw Gone();
            await _writing.WaitAsync(cancellationToken);
            try
            {
                await _output.WriteAsync(ParentLines.Question(id, key, refused), cancellationToken);
                await _output.FlushAsync(cancellationToken);
            }
            catch (IOException)
            {
                throw Gone();
            }
            finally
            {
                _writing.Release();
            }
            return await waiting.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            // An answer that came when no one waited for it any longer.
            if (!waiting.TrySetCanceled(CancellationToken.None) && waiting.Task.IsCompletedSuccessfully)
                (await waiting.Task).Dispose();
            throw;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    // What is left of a line that has not come to its end, moved to the beginning.
    private int TakeLines(Span<byte> text)
    {
        var rest = text;
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            Take(rest[..end]);
            rest = rest[(end + 1)..];
        }
        if (rest.Length == MaxLineBytes)
            throw new IOException();
        var length = rest.Length;
        rest.CopyTo(text);
        CryptographicOperations.ZeroMemory(text[length..]);
        return length;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (ParentLines.ReadAnswer(line) is not { } answer)
            return;
        if (!_asked.TryGetValue(answer.Id, out var waiting) || !waiting.TrySetResult(answer))
            answer.Dispose();
    }

    // The parent renews tokens, and keeps them for a while; so does the caller.
    private async Task<FetchedToken> TokenAsync(CredentialKey key, long refused, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(key, refused, cancellationToken);
        if (answer.Error is { } error)
            throw answer.ErrorCode == CallErrorCode.SignInRequired
                ? new SignInRequiredException(key, error)
                : new McpRuntimeException(error) { ErrorCode = answer.ErrorCode };
        if (!answer.Fields.Remove(CredentialField.Token, out var token))
            throw new SignInRequiredException(
                key,
                $"{key.Label} needs a sign-in; nothing was sent. To sign in, {HowToSignIn(key)}"
            );
        return new FetchedToken(token, answer.GoodUntil) { Generation = answer.Generation };
    }

    private sealed class ParentSignIn(ParentCredentialSource parent, CredentialKey key) : ISignInTokens
    {
        public async ValueTask<FetchedToken> GetAsync(
            AddressPolicy addresses,
            long refused,
            CancellationToken cancellationToken
        ) => await parent.TokenAsync(key, refused, cancellationToken);
    }
}
