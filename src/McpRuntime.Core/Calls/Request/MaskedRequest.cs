using McpRuntime.Calls.Serialization;
using McpRuntime.Credentials;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Request;

/// <summary>A request that may be shown: <c>***</c> stands for every secret.</summary>
public record MaskedRequest
{
    private protected MaskedRequest(
        string method,
        string bareUrl,
        IReadOnlyList<KeyValuePair<string, string>> bareHeaders,
        ReadOnlyMemory<byte> body,
        bool hasBody,
        IReadOnlyList<SentCredential> credentials,
        bool hasCertificate
    )
    {
        (Method, BareUrl, BareHeaders, Body, HasBody, Credentials, HasCertificate) = (
            method,
            bareUrl,
            bareHeaders,
            body,
            hasBody,
            credentials,
            hasCertificate
        );
        Url = WithCredentials(bareUrl, credentials);
        Headers = WithCredentials(bareHeaders, credentials);
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The URL.</summary>
    public string Url { get; }

    /// <summary>Every header field that the runtime sets, Cookie and Content-Type included.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>True when a body goes out, an empty one included.</summary>
    public bool HasBody { get; }

    /// <summary>The URL without credentials.</summary>
    public string BareUrl { get; }

    /// <summary>The header fields without credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> BareHeaders { get; }

    /// <summary>Where credentials go, in their order.</summary>
    public IReadOnlyList<SentCredential> Credentials { get; }

    /// <summary>A client certificate is shown in the TLS handshake.</summary>
    public bool HasCertificate { get; }

    /// <summary>The URL alone.</summary>
    internal static string UrlOf(OutgoingRequest request, CallCredentials credentials) =>
        WithCredentials(credentials.Redactor.Redact(request.Url), credentials.Uses.Select(SentCredential.Of));

    internal static MaskedRequest Of(OutgoingRequest request, CallCredentials? credentials)
    {
        using var nothing = new Redactor();
        var redactor = credentials?.Redactor ?? nothing;
        var headers = new List<KeyValuePair<string, string>>(
            request.Headers.Select(header => KeyValuePair.Create(header.Key, redactor.Redact(header.Value)))
        );
        if (request.Cookies.Length > 0)
            headers.Add(new("Cookie", redactor.Redact(request.Cookies)));
        if (request.Body is { } sent)
            headers.Add(new("Content-Type", redactor.Redact(sent.ContentType)));
        var body = request.Body?.Bytes ?? default;
        return new MaskedRequest(
            request.Method,
            redactor.Redact(request.Url),
            headers,
            redactor.RedactBody(body, isCut: false) ?? body,
            request.Body is not null,
            [.. (credentials?.Uses ?? []).Select(SentCredential.Of)],
            credentials?.Certificate is not null
        );
    }

    private static string WithCredentials(string url, IEnumerable<SentCredential> credentials)
    {
        foreach (var sent in credentials)
        {
            if (sent.In == ArgumentLocation.Query)
                url +=
                    (url.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                    + $"{UrlText.Encode(sent.Name)}={sent.Masked}";
        }
        return url;
    }

    private static List<KeyValuePair<string, string>> WithCredentials(
        IReadOnlyList<KeyValuePair<string, string>> bare,
        IReadOnlyList<SentCredential> credentials
    )
    {
        var headers = new List<KeyValuePair<string, string>>(bare);
        foreach (var sent in credentials)
        {
            if (sent.In == ArgumentLocation.Header)
                headers.Add(new(sent.Name, sent.Masked));
            else if (sent.In == ArgumentLocation.Cookie)
                AddCookie(headers, $"{sent.Name}={sent.Masked}");
        }
        return headers;
    }

    private static void AddCookie(List<KeyValuePair<string, string>> headers, string cookie)
    {
        var at = headers.FindIndex(static header => header.Key == "Cookie");
        if (at < 0)
            headers.Add(new("Cookie", cookie));
        else
            headers[at] = new("Cookie", $"{headers[at].Value}; {cookie}");
    }
}

/// <summary>Where a credential goes in a request; never its value.</summary>
/// <param name="In">Header, Query or Cookie.</param>
/// <param name="Name">Name of the header, query parameter or cookie.</param>
/// <param name="Prefix">A word before the secret, with one space between; null for none.</param>
public sealed record SentCredential(ArgumentLocation In, string Name, string? Prefix)
{
    internal static SentCredential Of(CredentialUse use) => new(use.In, use.Name, use.Prefix);

    /// <summary>The value with <c>***</c> for the secret.</summary>
    public string Masked => Prefix is null ? "***" : $"{Prefix} ***";
}
