namespace McpRuntime.Calls;

/// <summary>
/// Repeats a call once with a new token when the API answers 401 to one that was fetched: it may have been revoked, or
/// have expired early. A 401 means that nothing was carried out, so any method may be repeated.
/// </summary>
internal sealed class TokenRenewal(IUpstream inner) : IUpstream
{
    public async Task<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var response = await inner.SendAsync(call, cancellationToken);
        if (response.Status != 401 || !await call.Credentials.RenewTokensAsync(cancellationToken))
            return response;
        return await inner.SendAsync(call, cancellationToken);
    }
}
