using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Authentication.Sessions;
using McpRuntime.Http.KeyRings;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// The sessions of a browser, a cookie each, encrypted by the key ring. Scripts and other sites cannot read them.
/// </summary>
internal sealed class ConnectCookie(KeyRing ring, ResourceUrls urls, TimeProvider time)
{
    private const string Purpose = "connect";

    // Each takes about a kilobyte of every request.
    private const int MostOfBrowser = 8;

    private bool IsHttps => urls.Root.StartsWith("https:", StringComparison.Ordinal);

    // The prefix (RFC 6265bis) keeps other hosts of the domain from setting one.
    private string Prefix => IsHttps ? "__Host-mcp-runtime-connect-" : "mcp-runtime-connect-";

    /// <summary>Keeps the session until it ends, next to a few others.</summary>
    public void Write(HttpContext context, ConnectSession session, DateTimeOffset ends)
    {
        var others = Open(context)
            .Where(other => other.Session.Id != session.Id)
            .OrderByDescending(other => other.Ends);
        foreach (var (other, _) in others.Skip(MostOfBrowser - 1))
            Delete(context, other.Id);
        var text = string.Join(
            '\n',
            session.Ticket,
            session.Caller,
            session.FormValue,
            ends.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            session.IsDone ? "done" : "",
            session.Provider,
            session.Request?.Reveal()
        );
        var plain = Encoding.UTF8.GetBytes(text);
        var content = Base64Url.EncodeToString(ring.For(Purpose).Protect(plain));
        CryptographicOperations.ZeroMemory(plain);
        BrowserCookie.Set(context, Prefix + session.Id, content, IsHttps, ends - time.GetUtcNow());
    }

    /// <summary>A session of the browser; null where it has none of that id that is good.</summary>
    public ConnectSession? Read(HttpContext context, string id) =>
        Open(context.Request.Cookies[Prefix + id]) is { } found && found.Session.Id == id ? found.Session : null;

    /// <summary>Every good session of the browser.</summary>
    public IReadOnlyList<ConnectSession> ReadAll(HttpContext context) =>
        [.. Open(context).Select(found => found.Session)];

    public void Delete(HttpContext context, string id) => BrowserCookie.Delete(context, Prefix + id, IsHttps);

    private IEnumerable<(ConnectSession Session, DateTimeOffset Ends)> Open(HttpContext context) =>
        context
            .Request.Cookies.Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(cookie => Open(cookie.Value))
            .OfType<(ConnectSession, DateTimeOffset)>();

    private (ConnectSession Session, DateTimeOffset Ends)? Open(string? content)
    {
        if (content is not { Length: > 0 and < 8192 })
            return null;
        byte[] plain;
        try
        {
            plain = ring.For(Purpose).Unprotect(Base64Url.DecodeFromChars(content));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
        var parts = Encoding.UTF8.GetString(plain).Split('\n');
        CryptographicOperations.ZeroMemory(plain);
        var ends = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[3], CultureInfo.InvariantCulture));
        if (ends <= time.GetUtcNow())
            return null;
        var session = new ConnectSession(parts[0], parts[1], parts[2])
        {
            IsDone = parts[4].Length > 0,
            Provider = parts[5],
            Request = parts[6].Length == 0 ? null : new Secret(parts[6]),
        };
        return (session, ends);
    }
}
