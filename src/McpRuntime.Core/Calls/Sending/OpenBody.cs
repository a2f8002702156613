using System.Buffers;
using System.Globalization;
using System.Net;
using McpRuntime.Network;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// The body of a successful response while it arrives, after decompression. What has arrived with the header fields is
/// read at once, so that a small answer is complete, can be retried and frees its connection before anyone reads it.
/// </summary>
/// <remarks>
/// The time of the call ends with the first bytes. After them each wait for more has that time, and the time that the
/// reader takes does not count: a long transfer or a slow pipeline is not a fault of the API. A caller that gave a time
/// for the whole call (<see cref="CallTimeout"/>) has the waits for more within it.
/// </remarks>
internal sealed class OpenBody : ReadingStream
{
    private const int BufferSize = 64 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly Stream _content;
    private readonly UpstreamCall _call;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _link;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly long? _announced;
    private readonly TimeProvider _time;
    private TimeSpan _left;
    private long _length;
    private int _start;
    private int _filled;
    private bool _isAtEnd;
    private bool _hasEnded;
    private bool _isReturned;
    private Exception? _failure;
    private Task<int>? _ahead;
    private Action<Exception?>? _whenEnded;

    private OpenBody(HttpResponseMessage response, Stream content, UpstreamCall call, TimeProvider time)
    {
        (_response, _content, _call, _time) = (response, content, call, time);
        _announced = response.Content.Headers.ContentLength;
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _link = call.Budget.Caller.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
    }

    /// <summary>What has arrived and was not read yet. Empty only where there is no body.</summary>
    public ReadOnlySpan<byte> Beginning => _buffer.AsSpan(_start, _filled - _start);

    /// <summary>Bytes that have arrived, after decompression.</summary>
    public long Received => _length;

    /// <summary>Bytes that the server announced, before decompression; null where it did not.</summary>
    public long? Announced => _announced;

    /// <summary>All of it has arrived.</summary>
    public bool IsComplete => _isAtEnd;

    /// <summary>Takes a response over and waits for its first bytes.</summary>
    /// <param name="response">Disposed with the body, and when this fails.</param>
    /// <param name="call">The call, whose budget gives the time and whose record the count.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Covers the wait for the first bytes.</param>
    public static async ValueTask<OpenBody> StartAsync(
        HttpResponseMessage response,
        UpstreamCall call,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var body = new OpenBody(response, await response.Content.ReadAsStreamAsync(cancellationToken), call, time);
        try
        {
            do body.Take(
                await body._content.ReadAsync(
                    body._buffer.AsMemory(body._filled, BufferSize - body._filled),
                    cancellationToken
                )
            );
            while (!body._isAtEnd && MayBeHalfAMark(body.Beginning));
            try
            {
                body.ReadWhatIsThere();
            }
            // It broke after its beginning, and will not be asked for again: its reader gets what is whole, and then
            // the failure.
            catch (Exception failure)
                when (call.Budget.Attempts >= call.Plan.Limits.MaxAttempts || !Repeatable.Is(call.Plan, failure))
            {
                body._ahead = Task.FromException<int>(failure);
            }
            if (body._isAtEnd)
                body.End(null);
            body._left = call.Budget.CoversAnswer ? call.Budget.Remaining : call.Budget.Whole;
            return body;
        }
        catch (InvalidOperationException failure)
        {
            body.Dispose();
            throw new InvalidDataException(failure.Message, failure);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs an action once: with null when all of it has arrived, with an <see cref="AnswerException"/> when it failed,
    /// with an <see cref="OperationCanceledException"/> when it was given up.
    /// </summary>
    public void WhenEnded(Action<Exception?> action)
    {
        if (_hasEnded)
            action(_failure);
        else
            _whenEnded += action;
    }

    /// <summary>
    /// Waits a moment for the end of a body that has arrived but for it, as those do whose length the server does not
    /// announce: for messages about it, not for its readers.
    /// </summary>
    /// <param name="moment">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask SettleAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        if (_isAtEnd || _hasEnded || _ahead is not { } ahead)
            return;
        await Task.WhenAny(ahead, Task.Delay(moment, _time, cancellationToken));
        // A failure is for the reader.
        if (!ahead.IsCompletedSuccessfully)
            return;
        Take(ahead.Result);
        _ahead = null;
        if (_isAtEnd)
            End(null);
    }

    /// <summary>Leaves out bytes at the beginning that are not part of the text.</summary>
    public void Skip(int count) => _start += count;

    /// <exception cref="AnswerException">The rest cannot be read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Bound();
        if (_start == _filled && !_isAtEnd)
            await ReadMoreAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _filled - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            End(new OperationCanceledException());
            // A read that is still under way owns the buffer.
            if (_ahead is null && !_isReturned)
            {
                _isReturned = true;
                (_start, _filled, _isAtEnd) = (0, 0, true);
                ArrayPool<byte>.Shared.Return(_buffer);
            }
        }
        base.Dispose(disposing);
    }

    // A byte order mark that arrives in pieces; nothing else begins with its first byte.
    private static bool MayBeHalfAMark(ReadOnlySpan<byte> text) => text is [0xEF] or [0xEF, 0xBB] or [0xFE] or [0xFF];

    private void ReadWhatIsThere()
    {
        while (!_isAtEnd && _filled < BufferSize)
        {
            var next = _content.ReadAsync(_buffer.AsMemory(_filled, BufferSize - _filled), _stop.Token);
            if (!next.IsCompleted)
            {
                _ahead = next.AsTask();
                return;
            }
            Take(next.GetAwaiter().GetResult());
        }
    }

    private async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        try
        {
            if (_ahead is null)
            {
                (_start, _filled) = (0, 0);
                ReadWhatIsThere();
            }
            if (_start == _filled && _ahead is { } ahead)
                await TakeAheadAsync(ahead, cancellationToken);
            if (_isAtEnd)
                End(null);
        }
        catch (Exception failure)
        {
            _ahead = _ahead is { IsCompleted: true } ? null : _ahead;
            var isGivenUp = cancellationToken.IsCancellationRequested || _call.Budget.Caller.IsCancellationRequested;
            Exception described = isGivenUp ? new OperationCanceledException(cancellationToken) : Described(failure);
            End(described);
            throw described;
        }
        Bound();
    }

    private async ValueTask TakeAheadAsync(Task<int> ahead, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        if (!ahead.IsCompleted)
            _stop.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
        using (cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop))
            Take(await ahead);
        if (_call.Budget.CoversAnswer)
            _left -= _time.GetElapsedTime(began);
        _ahead = null;
        _stop.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    private void Take(int read)
    {
        _filled += read;
        _isAtEnd = read == 0;
        _length += read;
        _call.Record.Bytes = _length;
    }

    private void Bound()
    {
        if (_call.MaximumBytes is not { } most)
            return;
        if (_length <= most && !(_announced > most))
            return;
        var length = _announced > most ? string.Create(CultureInfo.InvariantCulture, $"{_announced} bytes long, ") : "";
        var failure = new AnswerException(
            AnswerFault.TooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The answer of {_call.Plan.Origin} is {length}longer than the {most} bytes allowed."
            )
        );
        End(failure);
        throw failure;
    }

    private AnswerException Described(Exception failure)
    {
        var origin = _call.Plan.Origin;
        return failure switch
        {
            OperationCanceledException when _call.Budget.CoversAnswer => new AnswerException(
                AnswerFault.Timeout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{origin} had not sent all of its answer after {_call.Budget.Whole.TotalSeconds:0.###} "
                        + $"s, the whole time of the call ({_call.Budget.Source}). The answer is incomplete. "
                        + $"Ask for less, or raise the limit."
                ),
                failure
            ),
            OperationCanceledException => new AnswerException(
                AnswerFault.Timeout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{origin} sent nothing more for {_call.Budget.Whole.TotalSeconds:0.###} s "
                        + $"({_call.Budget.Source}). The answer is incomplete. Raise the limit if the API is that slow."
                ),
                failure
            ),
            // Brotli reports data that are not its own by the second.
            InvalidDataException or InvalidOperationException => new AnswerException(
                AnswerFault.Invalid,
                FailureText.Of(new InvalidDataException(failure.Message, failure), origin),
                failure
            ),
            _ => new AnswerException(
                AnswerFault.Incomplete,
                $"The connection to {origin} broke before the answer was complete.",
                failure
            ),
        };
    }

    private void End(Exception? failure)
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        _failure = failure;
        _link.Dispose();
        if (failure is not null)
            _stop.Cancel();
        _ = _ahead?.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        _response.Dispose();
        _stop.Dispose();
        _whenEnded?.Invoke(failure);
    }
}
