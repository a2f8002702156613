using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.Documents.Sources;

/// <summary>
/// Gets a document over http or https. Redirects are followed here, one by one, because each target is as untrusted as
/// the first address: only http and https, never from https down to http, no circle, and not many.
/// </summary>
internal sealed class HttpDocumentReader(
    DocumentLimits limits,
    Func<Uri, HttpMessageInvoker> http,
    IDownloadObserver? observer = null
)
{
    /// <summary>The URL for people: user names and passwords in URLs are secrets.</summary>
    public static string Display(Uri uri) =>
        uri.IsAbsoluteUri && uri.UserInfo.Length > 0
            ? uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped)
            : uri.OriginalString;

    /// <param name="start">Where the document is.</param>
    /// <param name="refuse">Why a redirect to an address is not followed; null where it is.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<ReadBytes> ReadAsync(Uri start, Func<Uri, string?> refuse, CancellationToken cancellationToken)
    {
        var location = Display(start);
        CheckScheme(start, location);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Timeout);
        try
        {
            return await FollowAsync(start, location, refuse, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DocumentFailure.Because(
                DocumentRules.Timeout,
                $"'{location}' did not answer completely within {limits.Timeout.TotalSeconds:0.##} s. "
                    + $"Try again, or download it and give the file.",
                location
            );
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or SocketException or UriFormatException)
        {
            throw DocumentFailure.Because(
                DocumentRules.Unreachable,
                $"'{location}' cannot be reached: {Reason(exception)} Check the address, the network and the "
                    + $"proxy settings.",
                location
            );
        }
    }

    private async Task<ReadBytes> FollowAsync(
        Uri start,
        string location,
        Func<Uri, string?> refuse,
        CancellationToken cancellationToken
    )
    {
        var visited = new List<Uri>();
        for (var uri = start; ; )
        {
            visited.Add(uri);
            var began = Stopwatch.GetTimestamp();
            using var request = Request(uri);
            using var response = await http(uri).SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                observer?.Answered(Display(uri), (int)response.StatusCode, 0, Stopwatch.GetElapsedTime(began));
            if (IsRedirect(response.StatusCode) && response.Headers.Location is { } target)
            {
                uri = Next(uri, target, visited, location);
                if (refuse(uri) is { } reason)
                    throw Redirects(
                        $"'{location}' redirects to '{Display(uri)}', which is not followed: {reason}.",
                        location
                    );
                continue;
            }
            if (!response.IsSuccessStatusCode)
            {
                throw DocumentFailure.Because(
                    DocumentRules.Unreachable,
                    $"'{Display(uri)}' answered {(int)response.StatusCode} {response.ReasonPhrase}; expected "
                        + $"200 and a document. {Hint(response.StatusCode)}",
                    location
                );
            }
            var length = response.Content.Headers.ContentLength;
            if (length > limits.MaxBytes)
                throw DocumentFailure.TooLarge(location, limits.MaxBytes, length);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var shown = observer is null ? "" : Display(uri);
            var read = await BoundedReader.ReadAsync(
                body,
                limits.MaxBytes,
                location,
                length,
                observer is null ? null : count => observer.Receiving(shown, count, length),
                cancellationToken
            );
            observer?.Answered(shown, (int)response.StatusCode, read.Bytes.Length, Stopwatch.GetElapsedTime(began));
            return read with { BaseUri = uri };
        }
    }

    private Uri Next(Uri from, Uri target, List<Uri> visited, string location)
    {
        var next = new Uri(from, target);
        CheckScheme(next, location);
        if (from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
            throw Redirects(
                $"'{Display(from)}' redirects from https to '{Display(next)}', which is not encrypted; it is "
                    + $"not followed.",
                location
            );
        if (visited.Contains(next))
            throw Redirects(
                $"'{location}' redirects in a loop: {string.Join(" → ", visited.Select(Display))} → {Display(next)}.",
                location
            );
        if (visited.Count > limits.MaxRedirects)
            throw Redirects(
                $"'{location}' redirects more than {CountText.Of(limits.MaxRedirects, "time")}, last to "
                    + $"'{Display(next)}'; give the final address.",
                location
            );
        return next;
    }

    private static FindingsException Redirects(string message, string location) =>
        DocumentFailure.Because(DocumentRules.Redirects, message, location);

    private static void CheckScheme(Uri uri, string location)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            var scheme = uri.IsAbsoluteUri ? uri.Scheme : "";
            throw DocumentFailure.Because(
                DocumentRules.Scheme,
                $"'{Display(uri)}' has the scheme '{scheme}'; only http and https addresses are read.",
                location
            );
        }
        if (uri.UserInfo.Length > 0)
        {
            throw DocumentFailure.Because(
                DocumentRules.Scheme,
                $"'{Display(uri)}' contains a user name or password, which would end up in files and logs. "
                    + $"Download the document and give the file.",
                location
            );
        }
    }

    private static HttpRequestMessage Request(Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/yaml"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.8));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("McpRuntime", null));
        return request;
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private static string Hint(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                "It requires a sign-in; download the document and give the file.",
            HttpStatusCode.NotFound => "Check the address.",
            _ => "Try again later, or download it and give the file.",
        };

    private static string Reason(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is not null)
            inner = inner.InnerException;
        return inner.Message.TrimEnd('.') + ".";
    }
}
