using System.Threading.Channels;
using McpRuntime.Http.Storage;
using McpRuntime.Results;

namespace McpRuntime.Http.Replicas;

/// <summary>
/// Long answers in the database, while there are several replicas: the one that is asked to read on need not be the one
/// that made it. They are written next to the calls and never within one; what is too much stays with its replica.
/// </summary>
internal sealed class ResultArchive(
    Database database,
    LiveReplicas replicas,
    TimeProvider time,
    ILogger<ResultArchive> logger
) : IResultArchive, IHostedService, IDisposable
{
    private const int MostBytes = 4 << 20;
    private const long MostBytesOfCaller = 32L << 20;
    private const long MostBytesOfAll = 256L << 20;
    private const long MostBytesWaiting = 32L << 20;
    private const int HandleLength = 32;

    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(3);

    private readonly Channel<ArchivedResult> _queue = Channel.CreateUnbounded<ArchivedResult>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private long _waiting;

    public bool Takes(int length) =>
        database.IsPostgres
        && replicas.Count > 1
        && length <= MostBytes
        && Interlocked.Read(ref _waiting) + length <= MostBytesWaiting;

    public void Keep(ArchivedResult result)
    {
        Interlocked.Add(ref _waiting, result.Body.Length);
        _queue.Writer.TryWrite(result);
    }

    public async ValueTask<ArchivedResult?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        if (!database.IsPostgres || handle.Length != HandleLength || !handle.All(char.IsAsciiHexDigitLower))
            return null;
        try
        {
            var content = await DatabaseOutage.WithinAsync(
                QueryLimit,
                limit =>
                    database.FindAsync(
                        "SELECT content FROM gateway_result WHERE hash = @hash AND expires > @now",
                        row => row.GetFieldValue<byte[]>(0),
                        limit,
                        ("hash", SealedResult.NameOf(handle)),
                        ("now", time.GetUtcNow().ToUnixTimeMilliseconds())
                    ),
                cancellationToken
            );
            return content is null ? null : SealedResult.Open(handle, content);
        }
        catch (Exception exception)
            when (DatabaseOutage.IsCause(exception) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.IsPostgres)
            _writing = Task.Run(WriteAsync, _stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAsync()
    {
        await foreach (var result in _queue.Reader.ReadAllAsync(_stopping.Token))
        {
            try
            {
                await DatabaseOutage.WithinAsync(
                    QueryLimit,
                    async limit =>
                    {
                        await WriteAsync(result, limit);
                        return true;
                    },
                    _stopping.Token
                );
            }
            catch (Exception exception) when (DatabaseOutage.IsCause(exception))
            {
                if (_stopping.IsCancellationRequested)
                    return;
                logger.LogWarning(exception, "A long answer can only be read on at this replica.");
            }
            finally
            {
                Interlocked.Add(ref _waiting, -result.Body.Length);
            }
        }
    }

    private async Task WriteAsync(ArchivedResult result, CancellationToken cancellationToken)
    {
        // Old ones go, then the caller's own that are too many, then the oldest of all.
        await database.ExecuteAsync(
            "DELETE FROM gateway_result WHERE expires <= @now OR hash IN ("
                + "SELECT hash FROM (SELECT hash, "
                + "SUM(length) OVER (PARTITION BY caller ORDER BY expires DESC, hash) AS own, "
                + "SUM(length) OVER (ORDER BY expires DESC, hash) AS everything, caller FROM gateway_result) AS kept "
                + "WHERE (caller = @caller AND own + @length > @mostOfCaller) OR everything + @length > @most)",
            cancellationToken,
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()),
            ("caller", result.Caller),
            ("length", (long)result.Body.Length),
            ("mostOfCaller", MostBytesOfCaller),
            ("most", MostBytesOfAll)
        );
        await database.ExecuteAsync(
            "INSERT INTO gateway_result (hash, caller, content, length, expires) "
                + "VALUES (@hash, @caller, @content, @length, @expires)",
            cancellationToken,
            ("hash", SealedResult.NameOf(result.Handle)),
            ("caller", result.Caller),
            ("content", SealedResult.Seal(result)),
            ("length", (long)result.Body.Length),
            ("expires", result.Expires.ToUnixTimeMilliseconds())
        );
    }
}
