using System.Data.Common;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Storage;

/// <summary>Whether the database answers, and when it is asked again after it did not.</summary>
internal sealed class DatabaseOutage(GatewaySettings settings, TimeProvider time, ILogger<DatabaseOutage> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>What is said of a query without an answer.</summary>
    public const string Silent = "The database does not answer.";

    private TimeSpan _pause;
    private long _failed;
    private volatile bool _isCertain;
    private volatile bool _isSuspected;

    /// <summary>A query failed, and none succeeded since.</summary>
    public bool IsCertain => _isCertain;

    /// <summary>A query takes unusually long or failed: who can do without an answer should.</summary>
    public bool IsSuspected => _isSuspected;

    /// <summary>The pause after the last failure is over, or there was none.</summary>
    public bool MayTry => !_isCertain || time.GetElapsedTime(Volatile.Read(ref _failed)) >= _pause;

    /// <summary>What drivers throw where a server is gone, refuses or does not answer in time.</summary>
    public static bool IsCause(Exception exception) =>
        exception is DbException or InvalidOperationException or IOException or OperationCanceledException;

    /// <summary>Runs a query and gives up on it after a while, also where the driver does not come back.</summary>
    /// <exception cref="SilentDatabaseException">There was no answer in time.</exception>
    public static async Task<T> WithinAsync<T>(
        TimeSpan limit,
        Func<CancellationToken, Task<T>> query,
        CancellationToken cancellationToken
    )
    {
        // Not disposed, since the driver may use it for as long as it takes; without a timer it holds nothing.
#pragma warning disable CA2000
        var abandoned = new CancellationTokenSource();
#pragma warning restore CA2000
        var answer = query(abandoned.Token);
        try
        {
            return await answer.WaitAsync(limit, cancellationToken);
        }
        catch (Exception exception) when (!answer.IsCompleted)
        {
            _ = answer.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            _ = abandoned.CancelAsync();
            if (exception is TimeoutException)
                throw new SilentDatabaseException(exception);
            throw;
        }
    }

    public void Suspect() => _isSuspected = true;

    public void Begin(Exception exception)
    {
        _pause = _isCertain ? TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks)) : FirstPause;
        Volatile.Write(ref _failed, time.GetTimestamp());
        _isSuspected = true;
        if (_isCertain)
            return;
        _isCertain = true;
        logger.LogWarning(
            exception,
            "Database unavailable; API tokens that were verified before are accepted for up to {Seconds} s "
                + "(MCP_RUNTIME_TOKEN_CACHE_SECONDS).",
            (long)settings.TokenCache.TotalSeconds
        );
    }

    public void End()
    {
        _isSuspected = false;
        if (!_isCertain)
            return;
        _isCertain = false;
        logger.LogInformation("Database available again.");
    }
}

/// <summary>The database did not answer in time; whether it did what it was asked is not known.</summary>
internal sealed class SilentDatabaseException(Exception inner) : IOException(DatabaseOutage.Silent, inner);
