namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>A cookie of the gateway's pages. Scripts and other sites cannot read it.</summary>
/// <param name="seal">Encrypts it.</param>
/// <param name="urls">Whether the gateway is reached by https.</param>
/// <param name="time">The clock.</param>
/// <param name="name">Name of the cookie, and what it can be opened for.</param>
internal sealed class PageCookie(PageSeal seal, ResourceUrls urls, TimeProvider time, string name)
{
    // A browser drops a cookie of more than 4096 bytes without a word.
    private const int MostBytes = 3800;

    private bool IsHttps => urls.Root.StartsWith("https:", StringComparison.Ordinal);

    // The prefix (RFC 6265bis) keeps other hosts of the domain from setting one.
    private string Name => IsHttps ? "__Host-" + name : name;

    /// <exception cref="McpRuntimeException">It is too long for browsers.</exception>
    public void Write(HttpContext context, DateTimeOffset ends, params string[] fields)
    {
        var text = seal.Close(name, [ends.ToUnixTimeMilliseconds().ToString("D"), .. fields]);
        if (text.Length > MostBytes)
            throw new McpRuntimeException(
                "What has to be kept of this sign-in is longer than a browser's cookie may be: there are too many "
                    + "roles."
            );
        BrowserCookie.Set(context, Name, text, IsHttps, ends - time.GetUtcNow());
    }

    /// <summary>Its fields and its end; null where there is none that is good.</summary>
    public (string[] Fields, DateTimeOffset Ends)? Read(HttpContext context)
    {
        if (
            context.Request.Cookies[Name] is not { Length: > 0 and < 8192 } text
            || seal.Open(name, text) is not [var ends, .. var fields]
        )
            return null;
        var until = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(ends, System.Globalization.CultureInfo.InvariantCulture)
        );
        return time.GetUtcNow() < until ? (fields, until) : null;
    }

    public void Delete(HttpContext context) => BrowserCookie.Delete(context, Name, IsHttps);
}
