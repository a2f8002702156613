using McpRuntime.Calls.Request;
using McpRuntime.Calls.Sending;
using McpRuntime.Credentials;
using McpRuntime.Http;
using McpRuntime.Network;

namespace McpRuntime.Calls.Caching;

/// <summary>An answer that may be used again.</summary>
internal sealed record KeptAnswer
{
    // Of the objects around the body.
    private const int Overhead = 1024;

    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _ageAtArrival;
    private readonly long _received;
    private readonly bool _mustAsk;

    /// <param name="response">As it came, with <see cref="UpstreamResponse.Reuse"/>.</param>
    /// <param name="addresses">Where the connection might go: whoever may no longer go there gets nothing.</param>
    /// <param name="sent">When its request was sent, a timestamp of the clock.</param>
    /// <param name="time">The clock.</param>
    public KeptAnswer(UpstreamResponse response, AddressPolicy addresses, long sent, TimeProvider time)
    {
        Response = response;
        Addresses = addresses;
        _received = time.GetTimestamp();
        var now = time.GetUtcNow();
        _lifetime = Fields.Lifetime(now);
        _ageAtArrival = Fields.AgeAt(now, time.GetElapsedTime(sent, _received));
        _mustAsk = Fields.MustAsk;
    }

    public AddressPolicy Addresses { get; }

    /// <summary>What it takes of the memory, roughly.</summary>
    public long Bytes =>
        Overhead
        + Response.Body.Length
        + (2L * Response.Headers.Sum(header => header.Name.Length + header.Value.Length));

    public ReuseFields Fields => Response.Reuse!;

    private UpstreamResponse Response { get; }

    public bool IsFresh(TimeProvider time) => !_mustAsk && AgeNow(time) < _lifetime;

    /// <summary>It repeats a secret of its call, and so is not kept.</summary>
    public bool HasSecretOf(Redactor redactor) =>
        redactor.RedactBody(BodyText.AsUtf8(Response).Body, isCut: false) is not null
        || Response.Headers.Any(field => redactor.RedactValue(field.Value) != field.Value);

    /// <summary>The answer for a caller.</summary>
    /// <param name="isRevalidated">The API said just now that it is still the same.</param>
    /// <param name="time">The clock.</param>
    public UpstreamResponse Use(bool isRevalidated, TimeProvider time) =>
        Response with
        {
            Reused = new ReusedAnswer((long)AgeNow(time).TotalSeconds, isRevalidated),
        };

    /// <summary>The request that asks whether it is still the same (RFC 9111 section 4.3.1).</summary>
    public OutgoingRequest Question(OutgoingRequest request)
    {
        var fields = new List<KeyValuePair<string, string>>(request.Headers);
        if (Fields.ETag is { } tag)
            fields.Add(new("If-None-Match", tag));
        if (Fields.LastModified is { } date)
            fields.Add(new("If-Modified-Since", date));
        return request with { Headers = fields };
    }

    /// <summary>The answer as a 304 confirms it; null where the 304 is about another one.</summary>
    public KeptAnswer? Confirmed(UpstreamResponse unchanged, long sent, TimeProvider time)
    {
        if (unchanged.Reuse is not { } said || Fields.Confirmed(said) is not { } fields)
            return null;
        var headers = Response.Headers.Where(field =>
            !unchanged.Headers.Any(other => other.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))
        );
        IReadOnlyList<AnswerHeader> shown = [.. headers, .. unchanged.Headers];
        return new KeptAnswer(Response with { Reuse = fields, Headers = shown }, Addresses, sent, time);
    }

    private TimeSpan AgeNow(TimeProvider time) => _ageAtArrival + time.GetElapsedTime(_received);
}
