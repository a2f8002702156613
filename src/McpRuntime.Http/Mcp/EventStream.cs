using System.Globalization;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// The events of one stream of a session: written to the connection that is attached, and kept, within bounds, for a
/// client that resumes by Last-Event-ID.
/// </summary>
/// <param name="name">Unique in its session.</param>
/// <param name="primes">The client's revision knows events without data (2025-11-25).</param>
#pragma warning disable CA1001 // The semaphore is never asked for a wait handle, so it holds nothing to release.
internal sealed class EventStream(string name, bool primes)
{
#pragma warning restore CA1001
    private const int MostEvents = 256;
    private const int MostBytes = 1024 * 1024;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(long Number, byte[] Line)> _kept = new();
    private int _keptBytes;
    private long _last;
    private bool _ended;
    private HttpResponse? _response;
    private CancellationToken _gone;
    private TaskCompletionSource? _attached;

    public string Name => name;

    /// <summary>No event comes any more.</summary>
    public bool HasEnded => _ended;

    /// <summary>Splits an event's id; null for one that no stream of ours gave.</summary>
    public static (string Stream, long Number)? Parse(string eventId)
    {
        var dash = eventId.LastIndexOf('-');
        return
            dash > 0
            && long.TryParse(eventId.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (eventId[..dash], number)
            : null;
    }

    /// <summary>Adds an event and writes it where someone listens.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> line, bool isLast)
    {
        await _turn.WaitAsync();
        try
        {
            var number = ++_last;
            Keep(number, line);
            _ended |= isLast;
            if (_response is not null)
                await TryAsync(() => EventWriter.WriteAsync(_response, IdOf(number), line, _gone));
            if (isLast)
                Release();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes to a new connection, whose headers have been set, from now on.</summary>
    public async Task AttachAsync(HttpResponse response, CancellationToken gone)
    {
        await _turn.WaitAsync(gone);
        try
        {
            await TakeAsync(response, gone);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Writes what came after an event, and then goes on until the stream ends or the client goes away.
    /// </summary>
    public async Task ResumeAsync(HttpResponse response, long after, CancellationToken gone)
    {
        TaskCompletionSource attached;
        await _turn.WaitAsync(gone);
        try
        {
            foreach (var (number, line) in _kept)
            {
                if (number > after)
                    await EventWriter.WriteAsync(response, IdOf(number), line, gone);
            }
            if (_ended)
                return;
            attached = await TakeAsync(response, gone);
        }
        finally
        {
            _turn.Release();
        }
        try
        {
            await attached.Task.WaitAsync(gone);
        }
        finally
        {
            await ForgetAsync(response);
        }
    }

    /// <summary>The connection ends; the stream goes on.</summary>
    /// <param name="retryAfter">When the client should come back; null says nothing to it.</param>
    public async Task DetachAsync(TimeSpan? retryAfter)
    {
        await _turn.WaitAsync();
        try
        {
            if (_response is not null && retryAfter is not null)
                await TryAsync(() => EventWriter.PrimeAsync(_response, IdOf(_last), retryAfter, _gone));
            Release();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<TaskCompletionSource> TakeAsync(HttpResponse response, CancellationToken gone)
    {
        // A client that connects again has given up the connection before.
        Release();
        (_response, _gone) = (response, gone);
        _attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (primes)
            await TryAsync(() => EventWriter.PrimeAsync(response, IdOf(_last), retryAfter: null, gone));
        else
            await TryAsync(() => response.Body.FlushAsync(gone));
        return _attached;
    }

    // Nothing may write to a response after its request has ended.
    private async Task ForgetAsync(HttpResponse response)
    {
        await _turn.WaitAsync();
        if (ReferenceEquals(_response, response))
            Release();
        _turn.Release();
    }

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Release();
        }
    }

    private void Release()
    {
        _response = null;
        _attached?.TrySetResult();
        _attached = null;
    }

    private void Keep(long number, ReadOnlyMemory<byte> line)
    {
        _kept.Enqueue((number, line.ToArray()));
        _keptBytes += line.Length;
        while (_kept.Count > 1 && (_kept.Count > MostEvents || _keptBytes > MostBytes))
            _keptBytes -= _kept.Dequeue().Line.Length;
    }

    private string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
}
