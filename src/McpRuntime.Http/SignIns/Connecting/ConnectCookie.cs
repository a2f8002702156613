using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.KeyRings;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The session of a browser, encrypted by the key ring. Scripts and other sites cannot read it.</summary>
internal sealed class ConnectCookie(KeyRing ring, ResourceUrls urls, TimeProvider time)
{
    private const string Purpose = "connect";

    private bool IsHttps => urls.Root.StartsWith("https:", StringComparison.Ordinal);

    // The prefix (RFC 6265bis) keeps other hosts of the domain from setting one.
    private string Name => IsHttps ? "__Host-mcp-runtime-connect" : "mcp-runtime-connect";

    /// <summary>Keeps the session until it ends; the one before is replaced.</summary>
    public void Write(HttpContext context, ConnectSession session, DateTimeOffset ends)
    {
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
        context.Response.Cookies.Append(
            Name,
            content,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = IsHttps,
                // The provider sends the browser back by a link from elsewhere.
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = ends - time.GetUtcNow(),
            }
        );
    }

    /// <summary>The session of the browser; null where it has none that is good.</summary>
    public ConnectSession? Read(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and < 8192 } content)
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
        var ends = long.Parse(parts[3], CultureInfo.InvariantCulture);
        return ends <= time.GetUtcNow().ToUnixTimeMilliseconds()
            ? null
            : new ConnectSession(parts[0], parts[1], parts[2])
            {
                IsDone = parts[4].Length > 0,
                Provider = parts[5],
                Request = parts[6].Length == 0 ? null : new Secret(parts[6]),
            };
    }

    public void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(Name, new CookieOptions { Secure = IsHttps, Path = "/" });
}
