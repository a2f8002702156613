using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Credentials;

/// <summary>
/// Knows the secrets of a call and takes them out of whatever is about to leave it: an upstream may echo a request in
/// an error page, and an exception may quote a URL. Their spellings in other formats go too, see
/// <see cref="SecretSpellings"/>.
/// </summary>
/// <param name="others">Knows further secrets; not disposed here.</param>
internal sealed class Redactor(Redactor? others = null) : IDisposable
{
    // Shorter ones are in ordinary text everywhere; taking them out would garble it and reveal them by the gaps.
    private const int ShortestSecret = 4;

    private readonly List<byte[]> _secrets = [];
    private readonly List<byte[]> _names = [];

    /// <summary>For what an OAuth client sends, also as the pair of Basic authentication, which servers echo.</summary>
    /// <returns>To be disposed.</returns>
    public static Redactor Of(string clientId, Secret? clientSecret, params ReadOnlySpan<Secret?> others)
    {
        var redactor = new Redactor();
        foreach (var secret in others)
        {
            if (secret is not null)
                redactor.Add(secret);
        }
        if (clientSecret is null)
            return redactor;
        using var pair = BasicPair.OfClient(clientId, clientSecret);
        redactor.Add(clientSecret);
        redactor.Add(pair);
        return redactor;
    }

    public void Add(Credential credential)
    {
        foreach (var secret in credential.Secrets())
        {
            var isName =
                secret == credential[CredentialField.Username] || secret == credential[CredentialField.ClientId];
            Add(secret.RevealUtf8(), isName ? _names : _secrets);
        }
    }

    public void Add(Secret secret) => Add(secret.RevealUtf8(), _secrets);

    /// <summary>Text for an error, a log or a preview.</summary>
    public string Redact(string text)
    {
        text = others?.Redact(text) ?? text;
        if (_secrets.Count == 0 && _names.Count == 0)
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var redacted = Replace(Replace(bytes, _secrets), _names);
        return ReferenceEquals(redacted, bytes) ? text : Encoding.UTF8.GetString(redacted);
    }

    /// <summary>
    /// The body of an answer with the secrets that are in it taken out; null where none does, and the body is exact.
    /// User names and client ids stay: they are ordinary data of many an API.
    /// </summary>
    /// <param name="body">The body, text in UTF-8.</param>
    /// <param name="isCut">It ends early: the beginning of a secret may be at its end.</param>
    public ReadOnlyMemory<byte>? RedactBody(ReadOnlyMemory<byte> body, bool isCut)
    {
        var ofOthers = others?.RedactBody(body, isCut);
        var text = ofOthers ?? body;
        foreach (var secret in _secrets)
        {
            if (text.Span.IndexOf(secret) >= 0 || (isCut && BeginsAtEnd(text.Span, secret) > 0))
                return Finish(Replace(text.ToArray(), _secrets), isCut);
        }
        return ofOthers;
    }

    /// <summary>A value of an answer that is not a body, by the same rule as <see cref="RedactBody"/>.</summary>
    public string RedactValue(string value) =>
        RedactBody(Encoding.UTF8.GetBytes(value), isCut: false) is { } redacted
            ? Encoding.UTF8.GetString(redacted.Span)
            : value;

    /// <summary>Whether there is anything to take out of a body.</summary>
    public bool HasSecrets => _secrets.Count > 0 || others is { HasSecrets: true };

    /// <summary>
    /// How many bytes at the end of a body's beginning have to wait for what follows, because they may begin a secret.
    /// A secret that lies before them is not cut.
    /// </summary>
    public int CountUndecided(ReadOnlySpan<byte> text)
    {
        var from = text.Length;
        foreach (var secret in AllSecrets())
        {
            for (var length = Math.Min(secret.Length - 1, text.Length); length > text.Length - from; length--)
            {
                if (text.EndsWith(secret.AsSpan(0, length)))
                    from = text.Length - length;
            }
        }
        return text.Length - BeforeSecretAcross(text, from);
    }

    public void Dispose()
    {
        _secrets.ForEach(secret => CryptographicOperations.ZeroMemory(secret));
        _names.ForEach(name => CryptographicOperations.ZeroMemory(name));
    }

    private IEnumerable<byte[]> AllSecrets() => others is null ? _secrets : others.AllSecrets().Concat(_secrets);

    // Where a secret overlaps its own beginning, or that of another, one may lie across the border: it moves before it.
    private int BeforeSecretAcross(ReadOnlySpan<byte> text, int border)
    {
        for (var isMoved = border < text.Length; isMoved; )
        {
            isMoved = false;
            foreach (var secret in AllSecrets())
            {
                var from = Math.Max(0, border - secret.Length + 1);
                var at = text[from..].IndexOf(secret);
                if (at < 0 || from + at >= border)
                    continue;
                border = from + at;
                isMoved = true;
            }
        }
        return border;
    }

    private static void Add(ReadOnlySpan<byte> secret, List<byte[]> forms)
    {
        if (secret.Length < ShortestSecret)
            return;
        forms.AddRange(SecretSpellings.Of(secret));
        // Longer spellings first, so that none leaves its tail behind.
        forms.Sort(static (left, right) => right.Length - left.Length);
    }

    private byte[] Finish(byte[] text, bool isCut)
    {
        if (!isCut)
            return text;
        var beginning = _secrets.Max(secret => BeginsAtEnd(text, secret));
        return beginning == 0 ? text : [.. text.AsSpan(0, text.Length - beginning), .. "***"u8];
    }

    // How many of its first bytes are the last of the text.
    private static int BeginsAtEnd(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        for (var length = Math.Min(secret.Length - 1, text.Length); length >= ShortestSecret; length--)
        {
            if (text.EndsWith(secret[..length]))
                return length;
        }
        return 0;
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
