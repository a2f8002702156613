namespace McpRuntime.Calls;

/// <summary>Bounds how many calls are upstream at a time over all connectors. Waiting for a turn spends the call's own budget.</summary>
internal sealed class ConcurrencyLimit(IUpstream inner, int maxConcurrency) : IUpstream, IDisposable
{
    private readonly SemaphoreSlim _slots = new(maxConcurrency);

    public async Task<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await inner.SendAsync(call, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
