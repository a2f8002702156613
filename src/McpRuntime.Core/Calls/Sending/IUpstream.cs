namespace McpRuntime.Calls.Sending;

/// <summary>
/// The way from a finished request to its response. Implementations wrap each other (limits, repetition, the wire), and
/// all of them spend the one budget of time that the cancellation token stands for.
/// </summary>
internal interface IUpstream
{
    /// <exception cref="HttpRequestException">No response came.</exception>
    /// <exception cref="CallException">The response is refused.</exception>
    ValueTask<UpstreamResponse> SendAsync(UpstreamCall call, CancellationToken cancellationToken);
}
