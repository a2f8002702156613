using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Credentials;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// The message for the wire; the only place where secrets become text, for as long as the message lives.
/// </summary>
internal static class RequestMessage
{
    private const string RequestId = "X-Request-Id";

    // Uri would otherwise rewrite %41 and %2E%2E: what was encoded must arrive as it was encoded.
    private static readonly UriCreationOptions AsWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    public static HttpRequestMessage Create(
        OutgoingRequest request,
        IReadOnlyList<CredentialUse> credentials,
        CallRecord record
    )
    {
        var message = new HttpRequestMessage(
            HttpMethod.Parse(request.Method),
            new Uri(WithQuery(request.Url, credentials), AsWritten)
        )
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body.Bytes);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
        }
        else if (request.Method is not ("GET" or "HEAD" or "OPTIONS" or "QUERY" or "PUT" or "DELETE"))
        {
            // On a used connection that breaks, the handler itself sends again what has no content; a POST must not be.
            message.Content = new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty);
        }
        foreach (var (name, value) in request.Headers)
            Add(message, name, value);
        // An API that has its own use for the field gets that instead.
        if (!message.Headers.NonValidated.Contains(RequestId))
            message.Headers.TryAddWithoutValidation(RequestId, record.Id);
        if (record.Activity is { } span)
            TraceContext.Add(message, span);
        var cookies = request.Cookies;
        foreach (var use in credentials)
        {
            if (use.In == ArgumentLocation.Header)
                Add(message, use.Name, use.Text());
            else if (use.In == ArgumentLocation.Cookie)
                cookies = cookies.Length == 0 ? $"{use.Name}={use.Text()}" : $"{cookies}; {use.Name}={use.Text()}";
        }
        if (cookies.Length > 0)
            Add(message, "Cookie", cookies);
        return message;
    }

    private static string WithQuery(string url, IReadOnlyList<CredentialUse> credentials)
    {
        foreach (var use in credentials)
        {
            if (use.In == ArgumentLocation.Query)
                url +=
                    (url.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                    + $"{UrlText.Encode(use.Name)}={UrlText.Encode(use.Text())}";
        }
        return url;
    }

    // Fields that describe content are kept with it; a request may carry them without any.
    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (message.Headers.TryAddWithoutValidation(name, value))
            return;
        message.Content ??= new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty);
        message.Content.Headers.TryAddWithoutValidation(name, value);
    }
}
