namespace McpRuntime.Http;

/// <summary>
/// HTTP authentication schemes that no fixed credential can serve (IANA HTTP Authentication Scheme Registry, and
/// schemes in use that are not registered): the one table that import and validation decide by. All other words, such
/// as <c>Token</c> or <c>OAuth</c>, are sent as <c>Authorization: WORD credential</c>.
/// </summary>
internal static class AuthenticationSchemes
{
    private const string Challenge = "each answer is computed from a challenge of the server";
    private const string Handshake = "it takes a handshake of several requests";
    private const string Signature = "each request is signed";

    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Digest"] = Challenge,
        ["HOBA"] = Challenge,
        ["SCRAM-SHA-1"] = Challenge,
        ["SCRAM-SHA-256"] = Challenge,
        ["Mutual"] = Handshake,
        ["Negotiate"] = Handshake,
        ["NTLM"] = Handshake,
        ["Kerberos"] = Handshake,
        ["DPoP"] = Signature,
        ["GNAP"] = Signature,
        ["Concealed"] = Signature,
        ["Hawk"] = Signature,
        ["PrivateToken"] = "each token is good for one request",
        ["AWS4-HMAC-SHA256"] = Signature,
        ["AWS4-ECDSA-P256-SHA256"] = Signature,
        ["awsSigv4"] = Signature,
    };

    /// <summary>Why the scheme cannot be used; null where it can.</summary>
    /// <param name="scheme">The word after <c>Authorization:</c>, any case.</param>
    internal static string? Explain(string scheme) => Unsupported.GetValueOrDefault(scheme);
}
