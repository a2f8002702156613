using System.Text.Json;
using Duende.IdentityModel.Client;
using McpRuntime.Http.Access;
using McpRuntime.Http.Authentication.Issuers;
using McpRuntime.Http.RateLimits;
using McpRuntime.Network;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Looks opaque tokens up at the issuer (RFC 7662). What comes of it is kept as that of JWTs is; an address whose
/// tokens are not known there may not ask without end.
/// </summary>
internal sealed class TokenIntrospection(
    KnownIssuers issuers,
    ClaimedCaller claimed,
    ResourceUrls resource,
    GuardedHttp http,
    TimeProvider time
)
{
    private const int LongestToken = 4096;
    private const int UnknownPerMinute = 60;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    private readonly CallerLimiter _unknown = new(UnknownPerMinute, time);

    /// <summary>Some issuer has opaque tokens.</summary>
    public bool IsConfigured => issuers.WithOpaqueTokens is not null;

    /// <summary>The caller behind a token; null with the reason for one that is not accepted here.</summary>
    /// <param name="token">Text that is not a JWT.</param>
    /// <param name="context">The request.</param>
    /// <param name="path">The resource that is asked for, which the audience must name.</param>
    /// <exception cref="InvalidOperationException">The issuer cannot be asked now.</exception>
    public async Task<(Caller? Caller, string? Fault)> FindAsync(string token, HttpContext context, PathString path)
    {
        var issuer = issuers.WithOpaqueTokens!;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (token.Length is 0 or > LongestToken || !_unknown.TryTake(address, out _))
            return (null, "The token is unknown.");
        var claims = await AskAsync(token, issuer, context.RequestAborted);
        if (Fault(claims, issuer, path) is { } fault)
            return (null, fault);
        _unknown.Return(address);
        var expires = DateTimeOffset.FromUnixTimeSeconds(Seconds(claims, "exp")!.Value);
        var identifier = claims.TryGetProperty("iss", out var named)
            ? named.GetString()!
            : (await issuer.ReadAsync(context.RequestAborted)).Issuer;
        return claimed.Of(claims, issuer.Settings, identifier, expires, context) is { } caller
            ? (caller, null)
            : (null, "The token has neither 'sub' nor 'client_id'.");
    }

    private async Task<JsonElement> AskAsync(string token, KnownIssuer issuer, CancellationToken cancellationToken)
    {
        var client = issuer.Settings.Introspection!;
        var url = client.Url ?? await EndpointAsync(issuer, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimit);
        using var invoker = new HttpMessageInvoker(new BoundedAnswers(http.For(issuer.AddressesOf(url))));
        using var request = new TokenIntrospectionRequest
        {
            Address = url.AbsoluteUri,
            ClientId = client.ClientId,
            ClientSecret = client.ClientSecret.Reveal(),
            ClientCredentialStyle = ClientCredentialStyle.AuthorizationHeader,
            Token = token,
            TokenTypeHint = "access_token",
        };
        try
        {
            using var answer = await invoker.IntrospectTokenAsync(request, limit.Token);
            if (!answer.IsError && answer.Json is { ValueKind: JsonValueKind.Object } claims)
                return claims.Clone();
            // The library's own text may have what was sent.
            throw new InvalidOperationException(
                $"{issuer.Settings.Name} could not be asked for a token: HTTP {(int)answer.HttpStatusCode}."
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{issuer.Settings.Name} did not answer whether a token is good.");
        }
    }

    private static async Task<Uri> EndpointAsync(KnownIssuer issuer, CancellationToken cancellationToken)
    {
        var metadata = await issuer.ReadAsync(cancellationToken);
        return
            Uri.TryCreate(metadata.IntrospectionEndpoint, UriKind.Absolute, out var url) && IssuerDocuments.IsSafe(url)
            ? url
            : throw new InvalidOperationException(
                $"The metadata of {issuer.Settings.Name} name no introspection endpoint; set 'url'."
            );
    }

    private string? Fault(JsonElement claims, KnownIssuer issuer, PathString path)
    {
        if (!claims.TryGetProperty("active", out var active) || active.ValueKind != JsonValueKind.True)
            return "The token is unknown, expired or revoked.";
        if (
            claims.TryGetProperty("iss", out var named)
            && (named.ValueKind != JsonValueKind.String || !issuer.Settings.Is(named.GetString()))
        )
            return "The token is of another issuer.";
        if (!ClaimValues.Of(claims, "aud").Any(audience => resource.IsAudience(audience, path, issuer.Settings)))
            return "The token was issued for another audience.";
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return Seconds(claims, "exp") is not { } end || end <= now || Seconds(claims, "nbf") > now
            ? "The token is expired, not yet valid, or without an expiry."
            : null;
    }

    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds is > 0 and < 253_402_300_799
            ? (long)seconds
            : null;
}
