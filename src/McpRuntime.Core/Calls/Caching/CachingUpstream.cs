using McpRuntime.Calls.Sending;

namespace McpRuntime.Calls.Caching;

/// <summary>
/// Uses answers to GET again where the connector wants that, as a private cache of each caller (RFC 9111). It is
/// outermost: limits, the breaker and attempts are for requests that go out.
/// </summary>
internal sealed class CachingUpstream(IUpstream inner, AnswerCache cache, TimeProvider time) : IUpstream
{
    private readonly CacheKeys _keys = new();

    public ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (!call.Plan.Connector.Cache)
            return inner.SendAsync(call, cancellationToken);
        if (call.Request.Method is not ("GET" or "HEAD" or "OPTIONS" or "QUERY"))
            return ChangeAsync(call, cancellationToken);
        return call.MayReuse && CacheKeys.Covers(call.Request)
            ? ReuseAsync(call, cancellationToken)
            : inner.SendAsync(call, cancellationToken);
    }

    // RFC 9111 section 4.4, and more: of all that the caller has of the API, and whatever came of the call, because one
    // without an answer may have changed something too.
    private async ValueTask<UpstreamResponse> ChangeAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.SendAsync(call, cancellationToken);
        }
        finally
        {
            cache.Drop(CacheOwner.Of(call));
        }
    }

    private async ValueTask<UpstreamResponse> ReuseAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var key = _keys.Of(call);
        var kept = cache.Find(key);
        if (kept?.Addresses.Equals(call.Addresses) == false)
            kept = null;
        if (kept?.IsFresh(time) == true)
            return kept.Use(isRevalidated: false, time);
        var changes = cache.ChangesOf(key.Owner);
        if (kept?.Fields.HasValidator == true)
        {
            var asked = time.GetTimestamp();
            var question = call with { Request = kept.Question(call.Request) };
            var answer = await inner.SendAsync(question, cancellationToken);
            if (answer.Status != 304)
                return Keep(call, key, answer, asked, changes);
            if (kept.Confirmed(answer, asked, time) is { } confirmed)
            {
                Keep(call, key, confirmed, changes);
                return confirmed.Use(isRevalidated: true, time);
            }
            cache.Remove(key);
        }
        var sent = time.GetTimestamp();
        return Keep(call, key, await inner.SendAsync(call, cancellationToken), sent, changes);
    }

    private UpstreamResponse Keep(UpstreamCall call, CacheKey key, UpstreamResponse response, long sent, int changes)
    {
        if (response.Status != 200)
            return response;
        if (response is { IsCut: false, Reuse: not null } && response.Body.Length <= cache.Limits.BytesOfAnswer)
            Keep(call, key, new KeptAnswer(response, call.Addresses, sent, time), changes);
        else
            cache.Remove(key);
        return response;
    }

    private void Keep(UpstreamCall call, CacheKey key, KeptAnswer answer, int changes)
    {
        // The call may have got new tokens on its way.
        var current = call.Credentials.CanRenew ? _keys.Of(call) : key;
        if (current != key)
            cache.Remove(key);
        if (answer.Fields.MayBeKept(time.GetUtcNow()) && !answer.HasSecretOf(call.Credentials.Redactor))
            cache.Put(current, answer, changes);
        else
            cache.Remove(current);
    }
}
