using System.Security.Cryptography;
using McpRuntime.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Authentication;

/// <summary>An OpenID Connect issuer on loopback with one RSA and one EC key.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    private readonly List<RSA> _rsa = [RSA.Create(2048)];
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RecordingUpstream _server;

    private TestAuthority(Func<TestAuthority, UpstreamHandler> handler) =>
        _server = RecordingUpstream.Start(handler(this));

    public string Issuer => _server.Url.AbsoluteUri.TrimEnd('/');

    public SecurityKey RsaKey => new RsaSecurityKey(_rsa[^1]) { KeyId = $"rsa-{_rsa.Count}" };

    /// <summary>Takes a place once its changed keys were asked for.</summary>
    public SemaphoreSlim ChangedKeysRead { get; } = new(0);

    public SecurityKey EcKey => new ECDsaSecurityKey(_ec) { KeyId = "ec-1" };

    public static TestAuthority Start() => new(self => self.AnswerAsync);

    public static string Sign(
        SecurityKey? key,
        string algorithm,
        string issuer,
        string audience,
        string[] roles,
        int minutes = 5,
        string subject = "ann",
        IDictionary<string, object>? claims = null,
        Dictionary<string, object>? header = null,
        DateTimeOffset? now = null
    ) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                Expires = (now ?? DateTimeOffset.UtcNow).UtcDateTime.AddMinutes(minutes),
                SigningCredentials = key is null ? null : new SigningCredentials(key, algorithm),
                AdditionalHeaderClaims = header,
                Claims = new Dictionary<string, object>(claims ?? new Dictionary<string, object>())
                {
                    ["sub"] = subject,
                    ["roles"] = roles,
                },
            }
        );

    /// <summary>Another RSA key, with another id, takes the place of the one before.</summary>
    public void ChangeRsaKey() => _rsa.Add(RSA.Create(2048));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rsa.ForEach(key => key.Dispose());
        ChangedKeysRead.Dispose();
        _ec.Dispose();
    }

    private Task AnswerAsync(
        RecordedRequest request,
        UpstreamConnection connection,
        CancellationToken cancellationToken
    )
    {
        var json = request.Target switch
        {
            "/.well-known/openid-configuration" => $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/keys"}""",
            "/keys" => Keys(),
            _ => "{}",
        };
        return connection.SendAsync(UpstreamAnswer.Json(json), cancellationToken);
    }

    private string Keys()
    {
        var current = _rsa[^1];
        if (_rsa.Count > 1)
            ChangedKeysRead.Release();
        var rsa = current.ExportParameters(includePrivateParameters: false);
        var ec = _ec.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[
            {"kty":"RSA","use":"sig","kid":"rsa-{{_rsa.Count}}","alg":"RS256","n":"{{Base64UrlEncoder.Encode(
                rsa.Modulus
            )}}","e":"{{Base64UrlEncoder.Encode(rsa.Exponent)}}"},
            {"kty":"EC","use":"sig","kid":"ec-1","alg":"ES256","crv":"P-256","x":"{{Base64UrlEncoder.Encode(
                ec.Q.X
            )}}","y":"{{Base64UrlEncoder.Encode(ec.Q.Y)}}"}]}
            """;
    }
}
