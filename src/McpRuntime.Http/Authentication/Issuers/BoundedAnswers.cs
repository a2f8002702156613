namespace McpRuntime.Http.Authentication.Issuers;

/// <summary>Sits below the protocol library, which reads answers of any size.</summary>
internal sealed class BoundedAnswers(HttpMessageInvoker inner) : HttpMessageHandler
{
    private const int MostBytes = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await inner.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
        return response;
    }
}
