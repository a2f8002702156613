using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using McpRuntime.Calls.Serialization;

namespace McpRuntime.Credentials;

/// <summary>
/// Knows the secrets of a call and takes them out of whatever is about to leave it: an upstream may echo a request in
/// an error page, and an exception may quote a URL. Their base64, percent-encoded and JSON-escaped forms go too.
/// </summary>
internal sealed class Redactor : IDisposable
{
    // Shorter ones stand in ordinary text everywhere; taking them out would garble it and reveal them by the gaps.
    private const int ShortestSecret = 4;

    private static readonly SearchValues<byte> Untouched =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"u8);

    private readonly List<byte[]> _secrets = [];
    private readonly List<byte[]> _names = [];

    public void Add(Credential credential)
    {
        foreach (var secret in credential.Secrets())
        {
            var isName = secret == credential[CredentialField.Username] || secret == credential[CredentialField.ClientId];
            Add(secret.RevealUtf8(), isName ? _names : _secrets);
        }
    }

    public void Add(Secret secret) => Add(secret.RevealUtf8(), _secrets);

    /// <summary>Text for an error, a log or a preview.</summary>
    public string Redact(string text)
    {
        if (_secrets.Count == 0 && _names.Count == 0)
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var redacted = Replace(Replace(bytes, _secrets), _names);
        return ReferenceEquals(redacted, bytes) ? text : Encoding.UTF8.GetString(redacted);
    }

    /// <summary>
    /// The body of an answer, exact unless a secret stands in it. User names and client ids stay: they are ordinary
    /// data of many an API.
    /// </summary>
    public ReadOnlyMemory<byte> RedactBody(ReadOnlyMemory<byte> body)
    {
        foreach (var secret in _secrets)
        {
            if (body.Span.IndexOf(secret) >= 0)
                return Replace(body.ToArray(), _secrets);
        }
        return body;
    }

    public void Dispose()
    {
        _secrets.ForEach(secret => CryptographicOperations.ZeroMemory(secret));
        _names.ForEach(name => CryptographicOperations.ZeroMemory(name));
    }

    private static void Add(ReadOnlySpan<byte> secret, List<byte[]> forms)
    {
        if (secret.Length < ShortestSecret)
            return;
        var base64 = Convert.ToBase64String(secret);
        forms.Add(Encoding.ASCII.GetBytes(base64.TrimEnd('=')));
        forms.Add(secret.ToArray());
        // Most tokens consist of characters that no encoding touches: it and its base64 are all there is.
        if (secret.ContainsAnyExcept(Untouched) || base64.AsSpan().ContainsAny('+', '/'))
            AddSpellings(Encoding.UTF8.GetString(secret), base64, forms);
        // Longer spellings first, so that none leaves its tail behind.
        forms.Sort(static (left, right) => right.Length - left.Length);
    }

    private static void AddSpellings(string text, string base64, List<byte[]> forms)
    {
        string[] spellings =
        [
            base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'), UrlText.Encode(base64),
            UrlText.Encode(text), UrlText.Encode(text, UrlSet.Form),
            JavaScriptEncoder.Default.Encode(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
            System.Net.WebUtility.HtmlEncode(text),
        ];
        foreach (var spelling in spellings.Distinct(StringComparer.Ordinal))
            forms.Add(Encoding.UTF8.GetBytes(spelling));
    }

    private static byte[] Replace(byte[] text, List<byte[]> secrets)
    {
        foreach (var secret in secrets)
        {
            if (text.AsSpan().IndexOf(secret) < 0)
                continue;
            var output = new ArrayBufferWriter<byte>(text.Length);
            var rest = text.AsSpan();
            for (var at = rest.IndexOf(secret); at >= 0; at = rest.IndexOf(secret))
            {
                output.Write(rest[..at]);
                output.Write("***"u8);
                rest = rest[(at + secret.Length)..];
            }
            output.Write(rest);
            text = output.WrittenSpan.ToArray();
        }
        return text;
    }
}
