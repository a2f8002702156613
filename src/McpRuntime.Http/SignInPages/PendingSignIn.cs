using McpRuntime.Credentials;

namespace McpRuntime.Http.SignInPages;

/// <summary>A sign-in that a browser has under way; it is in that browser's cookie and nowhere else.</summary>
/// <param name="Issuer">Name of the issuer that was asked.</param>
/// <param name="Request">State, verifier and nonce; to be disposed.</param>
/// <param name="Back">Path of the gateway where the browser goes afterwards.</param>
internal sealed record PendingSignIn(string Issuer, Secret Request, string Back);
