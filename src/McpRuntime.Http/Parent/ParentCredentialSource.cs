using McpRuntime.Credentials;

namespace McpRuntime.Http.Parent;

/// <summary>
/// Credentials of the program that started the gateway, which asks the user's vaults. What it said is kept until the API
/// refuses it, the user changes a credential (the file of records is written anew), or a minute has passed.
/// </summary>
internal sealed class ParentCredentialSource(ParentProgram parent, string dataFolder, TimeProvider time) : ICredentialSource, IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<(string Connector, string Scheme), Kept> _kept = [];

    public string HowToSet(string connector, string scheme, IReadOnlyList<CredentialField> fields) =>
        $"run in PowerShell: Set-McpCredential '{connector}' -SecurityScheme '{scheme}'";

    public async ValueTask<Credential?> FindAsync(string connector, string scheme, CancellationToken cancellationToken)
    {
        while (true)
        {
            var kept = Find(connector, scheme);
            Credential? credential;
            try
            {
                // The question is everybody's; one call that ends early must not end it for others.
                credential = await kept.Answer.WaitAsync(cancellationToken);
            }
            catch (McpRuntimeException)
            {
                Drop((connector, scheme), kept);
                throw;
            }
            lock (_turn)
            {
                if (!kept.IsDropped)
                    return credential is null ? null : ParentAnswer.Copy(credential);
            }
        }
    }

    public void Refused(string connector, string scheme)
    {
        lock (_turn)
        {
            if (_kept.TryGetValue((connector, scheme), out var kept))
                Drop((connector, scheme), kept);
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            foreach (var (key, kept) in _kept.ToList())
                Drop(key, kept);
        }
    }

    private Kept Find(string connector, string scheme)
    {
        // Looked at before the question: a change while it is answered asks again.
        var mark = Mark();
        lock (_turn)
        {
            var key = (connector, scheme);
            if (_kept.TryGetValue(key, out var kept))
            {
                if (kept.Mark == mark && time.GetElapsedTime(kept.Since) < Lifetime)
                    return kept;
                Drop(key, kept);
            }
            return _kept[key] = new Kept(parent.AskAsync(connector, scheme), time.GetTimestamp(), mark);
        }
    }

    private void Drop((string Connector, string Scheme) key, Kept kept)
    {
        lock (_turn)
        {
            if (_kept.GetValueOrDefault(key) == kept)
                _kept.Remove(key);
            if (kept.IsDropped)
                return;
            kept.IsDropped = true;
            _ = kept.Answer.ContinueWith(
                static answer => (answer.IsCompletedSuccessfully ? answer.Result : null)?.Dispose(),
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private (DateTime Written, long Length) Mark()
    {
        var file = new FileInfo(Path.Combine(dataFolder, SecretRecordStore.FileName));
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private sealed class Kept(Task<Credential?> answer, long since, (DateTime Written, long Length) mark)
    {
        public Task<Credential?> Answer => answer;

        public long Since => since;

        public (DateTime Written, long Length) Mark => mark;

        public bool IsDropped { get; set; }
    }
}
