namespace McpRuntime.Calls.Sending;

/// <summary>
/// Repeats a call once with a new token when the API answers 401 to one that was fetched: it may have been revoked, or
/// have expired early. A 401 means that nothing was carried out, so any method may be repeated.
/// </summary>
internal sealed class TokenRenewal(IUpstream inner) : IUpstream
{
    public ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken) =>
        call.Credentials.CanRenew
            ? SendRenewableAsync(call, cancellationToken)
            : inner.SendAsync(call, cancellationToken);

    private async ValueTask<UpstreamResponse> SendRenewableAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var response = await inner.SendAsync(call, cancellationToken);
        if (response.Status != 401)
            return response;
        await call.Credentials.RenewTokensAsync(cancellationToken);
        return await inner.SendAsync(call, cancellationToken);
    }
}
