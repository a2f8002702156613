using System.Buffers.Text;
using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>The credentials of one call, from finding them to the end of the answer. Disposing clears them.</summary>
internal sealed class CallCredentials : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<CredentialUse> _uses = [];
    private readonly List<(int Index, Func<Secret, CancellationToken, Task<Secret>> Renew)> _renewals = [];

    public IReadOnlyList<CredentialUse> Uses => _uses;

    public Redactor Redactor { get; } = new();

    /// <summary>Takes over a credential, so that it is redacted and, in the end, cleared.</summary>
    public void Own(Credential credential)
    {
        _owned.Add(credential);
        Redactor.Add(credential);
    }

    /// <summary>Says how a scheme's credential is sent.</summary>
    public void Use(SecurityScheme scheme, Credential credential)
    {
        _uses.Add(scheme switch
        {
            ApiKeyScheme key => new CredentialUse(key.Location, key.KeyName, key.Prefix, credential[CredentialField.Value]!),
            BasicScheme => Authorization("Basic", BasicPair(credential)),
            HttpScheme http => Authorization(http.Scheme, credential[CredentialField.Value]!),
            _ => Authorization("Bearer", credential[CredentialField.Token]!),
        });
    }

    /// <summary>Sends a token that was fetched for the call.</summary>
    /// <param name="token">The token, taken over.</param>
    /// <param name="renew">Gets another one in place of a token that the API refused; null where that cannot be.</param>
    public void UseToken(Secret token, Func<Secret, CancellationToken, Task<Secret>>? renew)
    {
        Take(token);
        _uses.Add(Authorization("Bearer", token));
        if (renew is not null)
            _renewals.Add((_uses.Count - 1, renew));
    }

    /// <summary>Replaces the tokens that were fetched; false where none was.</summary>
    public async Task<bool> RenewTokensAsync(CancellationToken cancellationToken)
    {
        foreach (var (index, renew) in _renewals)
        {
            var token = await renew(_uses[index].Value, cancellationToken);
            Take(token);
            _uses[index] = Authorization("Bearer", token);
        }
        return _renewals.Count > 0;
    }

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        Redactor.Dispose();
    }

    private static CredentialUse Authorization(string word, Secret value) => new(ArgumentLocation.Header, "Authorization", word, value);

    // RFC 7617 section 2: user-id ":" password in base64; UTF-8, as its section 2.1 advises.
    private Secret BasicPair(Credential credential)
    {
        var user = credential[CredentialField.Username]!.RevealUtf8();
        var password = credential[CredentialField.Password]!.RevealUtf8();
        Span<byte> pair = new byte[user.Length + 1 + password.Length];
        user.CopyTo(pair);
        pair[user.Length] = (byte)':';
        password.CopyTo(pair[(user.Length + 1)..]);
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(pair.Length)];
        Base64.EncodeToUtf8(pair, encoded, out _, out var length);
        var secret = Secret.FromUtf8(encoded.AsSpan(0, length));
        pair.Clear();
        Array.Clear(encoded);
        Take(secret);
        return secret;
    }

    private void Take(Secret secret)
    {
        _owned.Add(secret);
        Redactor.Add(secret);
    }
}
