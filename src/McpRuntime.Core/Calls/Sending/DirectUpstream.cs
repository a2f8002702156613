using System.Net;
using System.Runtime.CompilerServices;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Request;
using McpRuntime.Http;
using McpRuntime.Network;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// Sends a request once and follows redirects as far as that is harmless: within the origin, up to five, and only with
/// GET or HEAD (a 303 asks for GET). Nothing is ever sent to another origin than the connector's.
/// </summary>
internal sealed class DirectUpstream(GuardedHttp http, TimeProvider time) : IUpstream
{
    private const int MaxRedirects = 5;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var request = call.Request;
        for (var redirects = 0; ; redirects++)
        {
            using var message = RequestMessage.Create(request, call.Credentials.Uses, call.Record);
            var watch = AttemptWatch.Start(call, request, time);
            Uri target;
            try
            {
                var response = await http.For(call.Addresses, call.Credentials.Certificate)
                    .SendAsync(message, cancellationToken);
                if (call.IsStreamed && response.IsSuccessStatusCode && request.Method != "HEAD")
                {
                    var opened = await OpenAsync(response, request.Method, call, cancellationToken);
                    watch?.Opened(response, opened.Open!);
                    return opened;
                }
                using var ended = response;
                if (Follow(request, message, response) is not { } next)
                {
                    var read = await ReadAsync(response, request.Method, call, cancellationToken);
                    // What a redirect led to is another resource's.
                    if (call.MayReuse && redirects == 0)
                        read = read with { Reuse = ReuseFields.Of(response) };
                    watch?.Read(response, read);
                    return read;
                }
                watch?.Redirected(response, next);
                target = next;
            }
            catch (Exception failure) when (watch?.Failed(failure) == true)
            {
                throw;
            }
            if (redirects == MaxRedirects)
                throw new CallException(
                    $"{request.Origin} redirected more than {MaxRedirects} times, last to {Shown(target)}; it "
                        + $"may be a loop. Check base_url and the endpoint."
                );
            request = request with
            {
                Url = target.OriginalString,
                Method = request.Method == "HEAD" ? "HEAD" : "GET",
                Body = null,
            };
        }
    }

    // The URL to go on to; null for a response to hand back.
    private static Uri? Follow(OutgoingRequest request, HttpRequestMessage message, HttpResponseMessage response)
    {
        if (
            response.StatusCode
                is not (
                    HttpStatusCode.MovedPermanently
                    or HttpStatusCode.Found
                    or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect
                    or HttpStatusCode.PermanentRedirect
                )
            || response.Headers.Location is not { } location
        )
            return null;
        if (!Uri.TryCreate(message.RequestUri!, location, out var target))
            throw new CallException(
                $"{request.Origin} answered {(int)response.StatusCode} and redirected to something that is not a URL."
            );
        if (!Origin.TryParse(target.OriginalString, out var origin) || origin != request.Origin)
            return null;
        return request.Method is "GET" or "HEAD" || response.StatusCode == HttpStatusCode.SeeOther ? target : null;
    }

    // Without query and user information, which may hold what is no one else's business.
    private static string Shown(Uri target) =>
        target.IsAbsoluteUri
            ? Diagnostics.UntrustedText.Clean($"{target.Scheme}://{target.Authority}{target.AbsolutePath}")
            : "a relative URL";

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamResponse> ReadAsync(
        HttpResponseMessage response,
        string method,
        UpstreamCall call,
        CancellationToken cancellationToken
    )
    {
        // A bound for models must not take the fields of an error from a script.
        var bound = call.Record.Context.Options.MaximumBytes
            ?? (
                call.IsStreamed
                    ? Math.Max(call.Plan.Limits.MaxResponseBytes, PlannedLimits.DefaultResponseBytes)
                    : call.Plan.Limits.MaxResponseBytes
            );
        var (body, isCut) =
            method == "HEAD"
                ? (ReadOnlyMemory<byte>.Empty, false)
                : await BoundedBody.ReadAsync(response.Content, bound, cancellationToken);
        return Head(response, method, call.Plan) with { Body = body, IsCut = isCut };
    }

    private async ValueTask<UpstreamResponse> OpenAsync(
        HttpResponseMessage response,
        string method,
        UpstreamCall call,
        CancellationToken cancellationToken
    )
    {
        var head = Head(response, method, call.Plan);
        return head with { Open = await OpenBody.StartAsync(response, call, time, cancellationToken) };
    }

    private UpstreamResponse Head(HttpResponseMessage response, string method, CallPlan plan)
    {
        var isGood = response.IsSuccessStatusCode;
        return new UpstreamResponse
        {
            Status = (int)response.StatusCode,
            ReasonPhrase = response.ReasonPhrase,
            ContentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
                ? types.ToString()
                : null,
            Body = default,
            Headers = AnswerHeaders.Choose(response, method, plan),
            RetryAfterSeconds =
                !isGood || response.Headers.NonValidated.Contains("Retry-After") ? RetryAfter(response) : null,
            Location =
                !isGood && response.Headers.NonValidated.TryGetValues("Location", out var location)
                    ? location.ToString()
                    : null,
        };
    }

    // RFC 9110 section 10.2.3: seconds or a date.
    private int? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } after)
            return null;
        var wait = after.Delta ?? after.Date - time.GetUtcNow();
        return wait is { } span ? (int)Math.Clamp(Math.Ceiling(span.TotalSeconds), 0, int.MaxValue) : null;
    }
}
