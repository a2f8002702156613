using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.SignIns;

/// <summary>
/// One at a time renews a sign-in: of all replicas with PostgreSQL, and in this process with SQLite, which has one
/// gateway.
/// </summary>
internal sealed class SignInTurns(Database database)
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _local = new();

    public async Task<IAsyncDisposable> WaitAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        var number = NumberOf(key);
        if (database.IsPostgres)
            return await database.HoldAsync(number, cancellationToken);
        var turn = _local.GetOrAdd(number, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>Names a key; two that have one number wait for each other and nothing worse.</summary>
    public static long NumberOf(CredentialKey key)
    {
        var text = $"sign-in\0{key.Holder}\0{key.Connector}\0{key.Scheme}\0{key.Profile}";
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IAsyncDisposable
    {
        private int _isOver;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                semaphore.Release();
            return ValueTask.CompletedTask;
        }
    }
}
