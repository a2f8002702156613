using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>The gateway as a client of an issuer, where people sign in to it.</summary>
/// <param name="Id">Public.</param>
/// <param name="Secret">Null for a public client.</param>
/// <param name="Scopes">Asked for; <c>openid</c> is among them.</param>
internal sealed record SignInClient(string Id, Secret? Secret, IReadOnlyList<string> Scopes)
{
    private static readonly string[] Default = ["openid", "profile", "email"];

    /// <summary>Further parameters of the authorization request, such as Auth0's <c>audience</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The scopes that are set, or the usual ones; who signed in is read from an ID token, which
    /// <c>openid</c> asks for.</summary>
    public static IReadOnlyList<string> ScopesOf(IReadOnlyList<string> scopes) =>
        scopes.Count == 0 ? Default
        : scopes.Contains("openid") ? scopes
        : ["openid", .. scopes];
}
