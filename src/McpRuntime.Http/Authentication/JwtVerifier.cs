using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Verifies JWTs (RFC 7519, RFC 8725). The key is chosen by who may sign with an algorithm, never by the token alone:
/// HS256 is ours, RS256 and ES256 the authority's, anything else is refused.
/// </summary>
internal sealed class JwtVerifier : IDisposable
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly string[] OurAlgorithms = [SecurityAlgorithms.HmacSha256];
    private static readonly string[] AuthorityAlgorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.EcdsaSha256,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly VerifiedJwts _verified;
    private readonly JwtSettings _settings;
    private readonly ResourceUrls _resource;
    private readonly RoleBook _roles;
    private readonly TimeProvider _time;
    // The issuer that the operator set may be internal.
#pragma warning disable RS0030
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
#pragma warning restore RS0030
    {
        Timeout = TimeSpan.FromSeconds(10),
    };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _authority;

    public JwtVerifier(GatewaySettings settings, ResourceUrls resource, RoleBook roles, TimeProvider time)
    {
        _settings = settings.Jwt;
        _resource = resource;
        _roles = roles;
        _time = time;
        _verified = new VerifiedJwts(time);
        if (_settings.Authority is { } authority)
        {
            _authority = new ConfigurationManager<OpenIdConnectConfiguration>(
                authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever(_http) { RequireHttps = authority.Scheme == "https" }
            )
            {
                // A key that the authority withdrew is not trusted for another hour.
                UseLastKnownGoodConfiguration = false,
            };
        }
    }

    /// <summary>The caller behind a token; null with the reason for one that is not accepted here.</summary>
    /// <param name="token">The text of the Authorization header.</param>
    /// <param name="context">The request, whose path the audience may name.</param>
    public async ValueTask<(Caller? Caller, string? Fault)> VerifyAsync(string token, HttpContext context)
    {
        var path = context.Request.Path;
        if (_verified.Find(token, path) is { } known)
            return (known.ToCaller(context), null);
        if (!_handler.CanReadToken(token))
            return (null, "The token is neither an API token of this gateway nor a JWT.");
        JsonWebToken read;
        try
        {
            read = new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return (null, "The token is not a JWT.");
        }
        // RFC 7515 section 4.1.11: what a token calls critical and its reader does not know is a reason to refuse it.
        if (read.TryGetHeaderValue("crit", out object? _))
            return (null, "The token's header has 'crit', and no extension is understood here.");
        var isOurs = read.Alg == SecurityAlgorithms.HmacSha256;
        if (isOurs ? _settings.SecretKey is null : _authority is null || !AuthorityAlgorithms.Contains(read.Alg))
            return (null, "The token's algorithm is not accepted.");
        var result = await ValidateAsync(read, isOurs, path, context.RequestAborted);
        if (!result.IsValid)
            return (null, Explain(result.Exception));
        var subject = read.Subject is { Length: > 0 } ? read.Subject : Claim(read, "client_id");
        if (subject is null)
            return (null, "The token has neither 'sub' nor 'client_id'.");
        var caller = new Caller(CallerKind.Jwt, CallerId.OfJwt(read.Issuer, subject), RolesOf(read), context)
        {
            Name = NameOf(read),
            Expires = new DateTimeOffset(read.ValidTo, TimeSpan.Zero),
        };
        _verified.Keep(token, path, caller);
        return (caller, null);
    }

    public void Dispose() => _http.Dispose();

    private async Task<TokenValidationResult> ValidateAsync(
        JsonWebToken token,
        bool isOurs,
        PathString path,
        CancellationToken cancellationToken
    )
    {
        // Where the authority was never reached, the caller's token is not at fault: this throws.
        if (!isOurs)
            await _authority!.GetConfigurationAsync(cancellationToken);
        return await _handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                IssuerSigningKey = isOurs ? _settings.SecretKey : null,
                ValidIssuer = isOurs ? _settings.Issuer : null,
                ConfigurationManager = isOurs ? null : _authority,
                ValidAlgorithms = isOurs ? OurAlgorithms : AuthorityAlgorithms,
                AudienceValidator = (audiences, _, _) => audiences.Any(audience => IsAudience(audience, path)),
                LifetimeValidator = (begins, ends, _, _) => IsWithin(begins, ends, _time.GetUtcNow().UtcDateTime),
                RequireSignedTokens = true,
                RequireExpirationTime = true,
            }
        );
    }

    private static bool IsWithin(DateTime? begins, DateTime? ends, DateTime now) =>
        ends is not null && now < ends + ClockSkew && (begins is null || now + ClockSkew >= begins);

    private bool IsAudience(string audience, PathString path) =>
        _settings.Audience is { } configured ? audience == configured : _resource.IsAudience(audience, path);

    private IReadOnlyList<Role> RolesOf(JsonWebToken token)
    {
        var names = new List<string>();
        foreach (var claim in token.Claims)
        {
            if (_settings.RolesClaim is { } direct && claim.Type == direct)
                names.AddRange(claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            names.AddRange(_roles.NamesFor(claim.Type, claim.Value));
        }
        return _roles.Find(names);
    }

    // For display alone: anyone may choose it.
    private static string? NameOf(JsonWebToken token) =>
        (Claim(token, "name") ?? Claim(token, "preferred_username") ?? Claim(token, "email")) is { } name
            ? UntrustedText.Shorten(UntrustedText.Clean(name), 200)
            : null;

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
