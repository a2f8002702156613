using System.Buffers.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.SignInFlows;

/// <summary>
/// The claims of an ID token (OpenID Connect Core 1.0 section 3.1.3.7). It comes from the token endpoint itself, over
/// TLS or on loopback, which item 6 accepts in place of its signature; here it only says whose account it is, and that
/// the code belongs to this sign-in.
/// </summary>
internal static class IdentityToken
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Names = ["email", "preferred_username", "name", "sub"];

    /// <returns>The account, for display; null where no claim names it.</returns>
    /// <exception cref="McpRuntimeException">It is not for this client, issuer or sign-in.</exception>
    public static string? Account(
        string token,
        AuthorizationRequest? request,
        ProviderEndpoints endpoints,
        DateTimeOffset now
    )
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
                throw Refuse("is not a JSON Web Token");
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var claims = document.RootElement;
            if (endpoints.Issuer is { } issuer && Text(claims, "iss") != issuer)
                throw Refuse("is of another issuer");
            if (!IsFor(claims, endpoints.ClientId))
                throw Refuse("is for another client");
            if (!claims.TryGetProperty("exp", out var end) || end.GetDouble() < (now - Skew).ToUnixTimeSeconds())
                throw Refuse("has expired");
            if (request?.Nonce is { } nonce && !nonce.Is(Text(claims, "nonce") ?? ""))
                throw Refuse("has another nonce than this sign-in");
            return
                Names.Select(name => Text(claims, name)).FirstOrDefault(name => name is { Length: > 0 }) is { } account
                ? UntrustedText.Shorten(UntrustedText.Clean(account), 200)
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw Refuse("cannot be read");
        }
    }

    private static bool IsFor(JsonElement claims, string client) =>
        claims.TryGetProperty("aud", out var audience)
        && (
            audience.ValueKind == JsonValueKind.Array
                ? audience.EnumerateArray().Any(item => item.GetString() == client)
                : audience.GetString() == client
        );

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static McpRuntimeException Refuse(string what) =>
        SignInErrorCode.Failed($"The provider's ID token {what}; nothing was stored. Try again.");
}
