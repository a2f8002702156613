namespace McpRuntime.Credentials;

/// <summary>
/// The closed list of what a credential may consist of; the last word of a variable's or file's name.
/// </summary>
public enum CredentialField
{
    /// <summary>
    /// <c>VALUE</c>: the key of an <c>api_key</c> scheme, the whole credential of an <c>http</c> scheme.
    /// </summary>
    Value,

    /// <summary><c>USERNAME</c> of a <c>basic</c> scheme.</summary>
    Username,

    /// <summary><c>PASSWORD</c> of a <c>basic</c> scheme; may be empty.</summary>
    Password,

    /// <summary><c>TOKEN</c>: a bearer token, for <c>bearer</c>, <c>oauth2</c> and <c>open_id_connect</c>.</summary>
    Token,

    /// <summary><c>CLIENT_ID</c> of an <c>oauth2</c> client.</summary>
    ClientId,

    /// <summary><c>CLIENT_SECRET</c> of an <c>oauth2</c> client.</summary>
    ClientSecret,

    /// <summary>
    /// <c>REFRESH_TOKEN</c>: what a user's consent to an <c>oauth2</c> client gave, exchanged for access tokens.
    /// </summary>
    RefreshToken,

    /// <summary>
    /// <c>CERTIFICATE</c> of a <c>mutual_tls</c> scheme: PEM, the client's own certificate first, its issuers behind.
    /// </summary>
    Certificate,

    /// <summary>
    /// <c>PRIVATE_KEY</c> of <see cref="Certificate"/>, PEM; not needed where it is in that same text.
    /// </summary>
    PrivateKey,

    /// <summary>
    /// <c>PKCS12</c> (.p12, .pfx): certificate and key in one, in base64; a file may hold the bytes themselves.
    /// </summary>
    Pkcs12,

    /// <summary><c>PASSPHRASE</c> of an encrypted <see cref="PrivateKey"/> or <see cref="Pkcs12"/>.</summary>
    Passphrase,

    /// <summary>
    /// <c>ORIGINS</c>: the origins that the credential may be sent to, separated by spaces. No secret.
    /// </summary>
    Origins,
}
