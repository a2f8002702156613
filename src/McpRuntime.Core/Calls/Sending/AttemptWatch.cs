using System.Net.Http.Headers;
using System.Text;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Network;

namespace McpRuntime.Calls.Sending;

/// <summary>Tells an <see cref="ICallObserver"/> about one request; nothing is made where there is none.</summary>
internal sealed class AttemptWatch
{
    private readonly ICallObserver _observer;
    private readonly UpstreamCall _call;
    private readonly SentRequest _sent;
    private readonly TimeProvider _time;
    private readonly long _started;

    private AttemptWatch(ICallObserver observer, UpstreamCall call, OutgoingRequest request, TimeProvider time)
    {
        (_observer, _call, _time, _started) = (observer, call, time, time.GetTimestamp());
        var content = observer.WantsContent ? MaskedRequest.Of(request, call.Credentials) : null;
        var url = content?.Url ?? MaskedRequest.UrlOf(request, call.Credentials);
        _sent = new SentRequest(call.Record.Id, call.Budget.Attempts, call.Plan.Limits.MaxAttempts, request.Method, url)
        {
            Waited = time.GetElapsedTime(call.Record.Since, _started),
            BodyBytes = request.Body?.Bytes.Length,
            Content = content,
        };
    }

    /// <summary>Before the request goes out; null where no one wants to know.</summary>
    public static AttemptWatch? Start(UpstreamCall call, OutgoingRequest request, TimeProvider time)
    {
        if (call.Record.Observer is not { } observer)
            return null;
        var watch = new AttemptWatch(observer, call, request, time);
        observer.Sending(watch._sent);
        return watch;
    }

    /// <summary>The answer was read, up to its bound.</summary>
    public void Read(HttpResponseMessage response, UpstreamResponse read) =>
        End(Received(response, read.Body.Span, read.IsCut) with { Bytes = read.Body.Length });

    /// <summary>The answer has begun to arrive.</summary>
    public void Opened(HttpResponseMessage response, OpenBody body) =>
        End(
            Received(response, body.Beginning, !body.IsComplete) with
            {
                Bytes = body.Received,
                IsComplete = body.IsComplete,
                AnnouncedBytes = body.Announced,
            }
        );

    /// <summary>Another request follows.</summary>
    public void Redirected(HttpResponseMessage response, Uri target) =>
        End(
            Received(response, [], isCut: false) with
            {
                RedirectedTo = UntrustedText.Clean(_call.Credentials.Redactor.Redact(target.OriginalString)),
            }
        );

    /// <summary>No answer came, or it broke; not told where the caller gave the call up.</summary>
    /// <returns>False, so that a filter of exceptions can call this.</returns>
    public bool Failed(Exception failure)
    {
        if (!_call.Budget.Caller.IsCancellationRequested)
            End(
                new ReceivedResponse(_time.GetElapsedTime(_started))
                {
                    Failure = _call.Credentials.Redactor.Redact(Explain(failure)),
                }
            );
        return false;
    }

    private void End(ReceivedResponse received)
    {
        _call.Record.Since = _time.GetTimestamp();
        _observer.Answered(_sent, received);
    }

    private string Explain(Exception failure) =>
        failure switch
        {
            OperationCanceledException when _call.Budget.IsSpent =>
                $"No answer within the time of the call ({_call.Budget.Source}).",
            McpRuntimeException explained => explained.Message,
            _ => FailureText.Of(failure, _call.Plan.Origin),
        };

    private ReceivedResponse Received(HttpResponseMessage response, ReadOnlySpan<byte> beginning, bool isCut)
    {
        var contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
            ? types.ToString()
            : null;
        var essence = contentType is null ? "" : MediaTypes.Essence(contentType);
        return new ReceivedResponse(_time.GetElapsedTime(_started))
        {
            Status = (int)response.StatusCode,
            ReasonPhrase = UntrustedText.Shorten(UntrustedText.Clean(response.ReasonPhrase), 80)
                is { Length: > 0 } words
                ? words
                : null,
            MediaType = MediaTypes.IsValid(essence) ? essence : null,
            Headers = _observer.WantsContent
                ? [.. Masked(response.Headers.NonValidated), .. Masked(response.Content.Headers.NonValidated)]
                : [],
            Beginning = _observer.WantsContent ? Text(essence, contentType, beginning, isCut) : default,
        };
    }

    private IEnumerable<AnswerHeader> Masked(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                var isSecret =
                    ResponseFields.IsCredential(name)
                    || ResponseFields.IsCredentialValue(value)
                    || AnswerHeaders.IsKey(_call.Plan, name);
                yield return new AnswerHeader(
                    UntrustedText.Clean(name),
                    isSecret ? "***" : AnswerHeaders.Clean(value, _call.Credentials.Redactor)
                );
            }
        }
    }

    private ReadOnlyMemory<byte> Text(string essence, string? contentType, ReadOnlySpan<byte> beginning, bool isCut)
    {
        var (format, encoding) = AnswerFormats.Of(essence, contentType, beginning);
        if (format is AnswerFormat.None or AnswerFormat.Bytes)
            return default;
        if (beginning.StartsWith(encoding.Preamble))
            beginning = beginning[encoding.Preamble.Length..];
        ReadOnlyMemory<byte> text = Encoding.UTF8.GetBytes(encoding.GetString(beginning));
        return _call.Credentials.Redactor.RedactBody(text, isCut) ?? text;
    }
}
