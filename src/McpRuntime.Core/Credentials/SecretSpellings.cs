using System.Buffers;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using McpRuntime.Http;

namespace McpRuntime.Credentials;

/// <summary>
/// The ways in which a secret may be in someone's answer: as it is, in base64, percent-encoded, in JSON, HTML or XML.
/// </summary>
internal static partial class SecretSpellings
{
    private static readonly SearchValues<byte> Untouched = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8
    );

    public static IEnumerable<byte[]> Of(ReadOnlySpan<byte> secret)
    {
        var base64 = Convert.ToBase64String(secret);
        // Most tokens consist of characters that no encoding touches: it and its base64 are all there is.
        if (!secret.ContainsAnyExcept(Untouched) && !base64.AsSpan().ContainsAny('+', '/'))
            return [secret.ToArray(), Encoding.ASCII.GetBytes(base64.TrimEnd('='))];
        var spellings = new HashSet<byte[]>(ByContent.Instance) { secret.ToArray() };
        // Header fields are Latin-1 to many a server (RFC 9110 section 5.5): it then takes each byte for a character.
        string[] readings = [Encoding.UTF8.GetString(secret), Encoding.Latin1.GetString(secret), base64.TrimEnd('=')];
        foreach (var text in readings.SelectMany(Texts))
        {
            spellings.Add(Encoding.UTF8.GetBytes(text));
            // The case of hexadecimal digits is everyone's own choice.
            spellings.Add(
                Encoding.UTF8.GetBytes(Hexadecimal().Replace(text, static match => match.Value.ToLowerInvariant()))
            );
        }
        spellings.Add(Encoding.ASCII.GetBytes(base64.TrimEnd('=').Replace('+', '-').Replace('/', '_')));
        return spellings;
    }

    private static string[] Texts(string text) =>
        [
            text,
            UrlText.Encode(text),
            UrlText.Encode(text, UrlSet.Form),
            // A URL within a URL, as in a link to a page for signing in.
            UrlText.Encode(UrlText.Encode(text)),
            Uri.EscapeDataString(text),
            JavaScriptEncoder.Default.Encode(text),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
            // Some JSON writers escape the slash as well, and nothing that is in HTML.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text).Replace("/", "\\/", StringComparison.Ordinal),
            WebUtility.HtmlEncode(text),
            WebUtility.HtmlEncode(text).Replace("&#39;", "&#x27;", StringComparison.Ordinal),
            SecurityElement.Escape(text),
        ];

    [GeneratedRegex("%[0-9A-F]{2}|\\\\u[0-9A-F]{4}")]
    private static partial Regex Hexadecimal();

    private sealed class ByContent : IEqualityComparer<byte[]>
    {
        public static readonly ByContent Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
