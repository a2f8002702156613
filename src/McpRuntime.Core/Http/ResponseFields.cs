using System.Text;

namespace McpRuntime.Http;

/// <summary>
/// Which response fields may be shown to a caller: no credential, and nothing that only concerns the connection.
/// </summary>
internal static class ResponseFields
{
    // RFC 6265 section 4.1; RFC 9110 section 11 and RFC 7615, whose parameters prove who was authenticated; and request
    // fields that a server may echo.
    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase)
    {
        "Set-Cookie",
        "Set-Cookie2",
        "Cookie",
        "Authorization",
        "Proxy-Authorization",
        "Authentication-Info",
        "Proxy-Authentication-Info",
        "Authentication-Control",
        "WWW-Authenticate",
        "Proxy-Authenticate",
        "Optional-WWW-Authenticate",
    };

    // RFC 9110 section 7.6.1, RFC 9112 section 6.
    private static readonly HashSet<string> Connection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    private static readonly HashSet<string> SecretWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "auth",
        "authorization",
        "authentication",
        "apikey",
        "bearer",
        "cookie",
        "credential",
        "credentials",
        "csrf",
        "csrftoken",
        "jwt",
        "passwd",
        "password",
        "secret",
        "session",
        "sessionid",
        "sid",
        "xsrf",
    };

    // What a token may be besides a secret: the position in a list, which the next request names.
    private static readonly string[] PageWords =
    [
        "page",
        "paging",
        "pagination",
        "next",
        "prev",
        "previous",
        "continuation",
        "cursor",
        "sync",
        "delta",
        "skip",
        "resume",
        "change",
        "scroll",
    ];

    private static readonly string[] AuthenticationWords = ["Bearer ", "Basic ", "Digest ", "Negotiate ", "Token "];

    /// <summary>True for a field that may be shown, by its name alone.</summary>
    public static bool IsSafe(string name) => !Connection.Contains(name) && !IsCredential(name);

    /// <summary>
    /// True for a name under which servers hand out secrets: cookies, the fields of HTTP authentication, and names made
    /// of a word such as <c>secret</c>, <c>session</c> or <c>token</c> (but not <c>X-Next-Page-Token</c>).
    /// </summary>
    public static bool IsCredential(string name)
    {
        if (Credentials.Contains(name))
            return true;
        var words = name.Split('-', '_', '.');
        for (var i = 0; i < words.Length; i++)
        {
            if (SecretWords.Contains(words[i]) || IsKey(words, i))
                return true;
            if (words[i].EndsWith("token", StringComparison.OrdinalIgnoreCase) && !IsPosition(name))
                return true;
        }
        return false;
    }

    /// <summary>True for a value that begins as the value of an Authorization field does.</summary>
    public static bool IsCredentialValue(string value) =>
        Array.Exists(AuthenticationWords, word => value.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The text of a value as the handler gives it, one character a byte: servers send UTF-8 too, though RFC 9110
    /// section 5.5 only knows ASCII and opaque bytes.
    /// </summary>
    public static string Decode(string value)
    {
        if (Ascii.IsValid(value) || value.AsSpan().ContainsAnyExceptInRange('\0', 'ÿ'))
            return value;
        var bytes = Encoding.Latin1.GetBytes(value);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }

    private static bool IsPosition(string name) =>
        Array.Exists(PageWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsKey(string[] words, int at) =>
        at > 0
        && words[at].Equals("key", StringComparison.OrdinalIgnoreCase)
        && words[at - 1].ToLowerInvariant()
            is "api"
                or "access"
                or "private"
                or "secret"
                or "subscription"
                or "encryption";
}
