using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication.Issuers;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Configuration.Issuers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Verifies JWTs (RFC 7519, RFC 8725). The key is chosen by who may sign with an algorithm, never by the token alone:
/// HS256 is ours, the asymmetric ones are the issuer's that the token names, anything else is refused.
/// </summary>
internal sealed class JwtVerifier(
    GatewaySettings settings,
    KnownIssuers issuers,
    TokenIntrospection opaque,
    ResourceUrls resource,
    ClaimedCaller claimed,
    TimeProvider time
)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly string[] OurAlgorithms = [SecurityAlgorithms.HmacSha256];

    // All that the library verifies; it has no EdDSA.
    private static readonly string[] IssuerAlgorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly VerifiedJwts _verified = new(time);

    /// <summary>The caller behind a token; null with the reason for one that is not accepted here.</summary>
    /// <param name="token">The text of the Authorization header.</param>
    /// <param name="context">The request.</param>
    /// <param name="path">The resource that is asked for, which the audience may name.</param>
    public async ValueTask<(Caller? Caller, string? Fault)> VerifyAsync(
        string token,
        HttpContext context,
        PathString path
    )
    {
        if (_verified.Find(token, path) is { } known)
            return (known.ToCaller(context), null);
        // An encrypted one (RFC 7516) says nothing to anyone but its issuer.
        if (Read(token) is not { } read || (opaque.IsConfigured && token.Count('.') == 4))
            return await FindOpaqueAsync(token, context, path);
        // RFC 7515 section 4.1.11: what a token calls critical and its reader does not know is a reason to refuse it.
        if (read.TryGetHeaderValue("crit", out object? _))
            return (null, "The token's header has 'crit', and no extension is understood here.");
        var isOurs = read.Alg == SecurityAlgorithms.HmacSha256;
        var issuer = isOurs ? null : issuers.Find(read.Issuer);
        if (isOurs ? settings.Jwt.SecretKey is null : !IssuerAlgorithms.Contains(read.Alg) || issuers.IsEmpty)
            return (null, "The token's algorithm is not accepted.");
        if (!isOurs && issuer is null)
            return (null, "The token is of another issuer.");
        var parameters = Parameters(candidate => resource.IsAudience(candidate, path, issuer?.Settings));
        var fault = issuer is null
            ? await FaultOfOursAsync(read, parameters)
            : await FaultAsync(read, issuer, parameters, context.RequestAborted);
        if (fault is not null)
            return (null, fault);
        if (CallerOf(read, issuer?.Settings, context) is not { } caller)
            return (null, "The token has neither 'sub' nor 'client_id'.");
        _verified.Keep(token, path, caller);
        return (caller, null);
    }

    /// <summary>
    /// The person of an ID token (OpenID Connect Core 1.0 section 3.1.3.7), whose nonce was compared before.
    /// </summary>
    /// <param name="token">From the issuer's token endpoint.</param>
    /// <param name="issuer">Where the person signed in.</param>
    /// <param name="context">The request.</param>
    public async Task<(Caller? Caller, string? Fault)> VerifyIdentityAsync(
        Secret token,
        KnownIssuer issuer,
        HttpContext context
    )
    {
        var client = issuer.Settings.SignIn!.Id;
        if (Read(token.Reveal()) is not { } read || !IssuerAlgorithms.Contains(read.Alg))
            return (null, "The ID token is not a JWT that is signed with an accepted algorithm.");
        if (Claim(read, "azp") is { } party && party != client)
            return (null, "The ID token is for another client.");
        var parameters = Parameters(candidate => candidate == client);
        if (await FaultAsync(read, issuer, parameters, context.RequestAborted) is { } fault)
            return (null, fault);
        return CallerOf(read, issuer.Settings, context) is { } caller
            ? (caller, null)
            : (null, "The ID token has no 'sub'.");
    }

    private async Task<(Caller? Caller, string? Fault)> FindOpaqueAsync(
        string token,
        HttpContext context,
        PathString path
    )
    {
        if (!opaque.IsConfigured)
            return (null, "The token is neither an API token of this gateway nor a JWT.");
        var (caller, fault) = await opaque.FindAsync(token, context, path);
        if (caller is not null)
            _verified.Keep(token, path, caller);
        return (caller, fault);
    }

    private JsonWebToken? Read(string token)
    {
        if (!_handler.CanReadToken(token))
            return null;
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(Func<string, bool> isAudience) =>
        new()
        {
            AudienceValidator = (audiences, _, _) => audiences.Any(isAudience),
            LifetimeValidator = (begins, ends, _, _) => IsWithin(begins, ends, time.GetUtcNow().UtcDateTime),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };

    private Task<string?> FaultOfOursAsync(JsonWebToken token, TokenValidationParameters parameters)
    {
        parameters.IssuerSigningKey = settings.Jwt.SecretKey;
        parameters.ValidIssuer = settings.Jwt.Issuer;
        parameters.ValidAlgorithms = OurAlgorithms;
        return FaultAsync(token, parameters);
    }

    private async Task<string?> FaultAsync(
        JsonWebToken token,
        KnownIssuer issuer,
        TokenValidationParameters parameters,
        CancellationToken cancellationToken
    )
    {
        // Where the issuer was never reached, the caller's token is not at fault: this throws.
        var keys = (await issuer.ReadAsync(cancellationToken)).JsonWebKeySet?.Keys ?? [];
        parameters.ConfigurationManager = issuer.Manager;
        parameters.AlgorithmValidator = (algorithm, key, _, _) =>
            IssuerAlgorithms.Contains(algorithm)
            // RFC 7517 section 4.4: what a key is for, where the issuer says so.
            && keys.Where(known => known.Kid == key.KeyId).All(known => known.Alg is not { } one || one == algorithm);
        return await FaultAsync(token, parameters);
    }

    private async Task<string?> FaultAsync(JsonWebToken token, TokenValidationParameters parameters)
    {
        var result = await _handler.ValidateTokenAsync(token, parameters);
        return result.IsValid ? null : Explain(result.Exception);
    }

    private static bool IsWithin(DateTime? begins, DateTime? ends, DateTime now) =>
        ends is not null && now < ends + ClockSkew && (begins is null || now + ClockSkew >= begins);

    private Caller? CallerOf(JsonWebToken token, TrustedIssuer? issuer, HttpContext context)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        return claimed.Of(
            claims.RootElement,
            issuer,
            token.Issuer,
            new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
            context
        );
    }

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue(name, out string? value) && value is { Length: > 0 } ? value : null;

    // The library's own messages hold parts of tokens and keys.
    private static string Explain(Exception? exception) =>
        exception switch
        {
            SecurityTokenExpiredException
            or SecurityTokenInvalidLifetimeException
            or SecurityTokenNoExpirationException => "The token is expired, not yet valid, or without an expiry.",
            SecurityTokenInvalidAudienceException => "The token was issued for another audience.",
            SecurityTokenInvalidIssuerException => "The token is of another issuer.",
            _ => "The token's signature is not valid here.",
        };
}
