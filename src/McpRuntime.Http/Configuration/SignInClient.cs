using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration;

/// <summary>The gateway as a client of an issuer, where people sign in to it.</summary>
/// <param name="Id">Public.</param>
/// <param name="Secret">Null for a public client.</param>
/// <param name="Scopes">Asked for; <c>openid</c> is among them.</param>
internal sealed record SignInClient(string Id, Secret? Secret, IReadOnlyList<string> Scopes);
