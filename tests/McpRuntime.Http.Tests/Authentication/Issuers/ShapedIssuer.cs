using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Web;
using McpRuntime.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>An issuer on loopback whose metadata and tokens have the form of some product.</summary>
internal sealed class ShapedIssuer : IAsyncDisposable
{
    private const string Introspect = "/introspect";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa[] _curves =
    [
        ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ECDsa.Create(ECCurve.NamedCurves.nistP384),
        ECDsa.Create(ECCurve.NamedCurves.nistP521),
    ];
    private readonly RecordingUpstream _server;

    /// <param name="path">Of its identifier.</param>
    /// <param name="metadataPath">Where its metadata are; below the identifier where null.</param>
    /// <param name="certificate">For https.</param>
    public ShapedIssuer(string path = "", string? metadataPath = null, X509Certificate2? certificate = null)
    {
        _server = RecordingUpstream.Start(
            (request, connection, cancellationToken) => connection.SendAsync(Answer(request), cancellationToken),
            certificate
        );
        Url = Root + path;
        MetadataPath = metadataPath ?? path.TrimEnd('/') + "/.well-known/openid-configuration";
    }

    public string Root => _server.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Its identifier.</summary>
    public string Url { get; }

    public string MetadataPath { get; }

    /// <summary>What its metadata name.</summary>
    public string? NamedIssuer { get; init; }

    /// <summary>Answers by token; other tokens are not active.</summary>
    public Dictionary<string, string> Opaque { get; } = [];

    public IReadOnlyList<RecordedRequest> Introspections =>
        [.. _server.Requests.Where(request => request.Target == Introspect)];

    /// <summary>A token with these claims, and <c>exp</c> where there is none.</summary>
    public string Sign(string claims, string algorithm = "RS256", SecurityKey? key = null)
    {
        var payload = JsonNode.Parse(claims)!.AsObject();
        payload.TryAdd("exp", DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds());
        payload.TryAdd("iss", Url);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            payload.ToJsonString(),
            new SigningCredentials(key ?? KeyOf(algorithm), algorithm)
        );
    }

    public SecurityKey KeyOf(string algorithm) =>
        algorithm switch
        {
            "ES256" => new ECDsaSecurityKey(_curves[0]) { KeyId = "ec-0" },
            "ES384" => new ECDsaSecurityKey(_curves[1]) { KeyId = "ec-1" },
            "ES512" => new ECDsaSecurityKey(_curves[2]) { KeyId = "ec-2" },
            _ => new RsaSecurityKey(_rsa) { KeyId = "rsa" },
        };

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rsa.Dispose();
        foreach (var curve in _curves)
            curve.Dispose();
    }

    private UpstreamAnswer Answer(RecordedRequest request) =>
        request.Target switch
        {
            var target when target == MetadataPath => UpstreamAnswer.Json(
                $$"""
                {"issuer":"{{NamedIssuer
                    ?? Url}}","jwks_uri":"{{Root}}/keys","introspection_endpoint":"{{Root}}/introspect",
                 "authorization_endpoint":"{{Root}}/authorize","token_endpoint":"{{Root}}/token",
                 "response_types_supported":["code"],"subject_types_supported":["pairwise"]}
                """
            ),
            "/keys" => UpstreamAnswer.Json(Keys()),
            Introspect => UpstreamAnswer.Json(
                Opaque.GetValueOrDefault(
                    HttpUtility.ParseQueryString(request.BodyText)["token"] ?? "",
                    """{"active":false}"""
                )
            ),
            _ => UpstreamAnswer.Empty(404),
        };

    private string Keys()
    {
        var keys = new JsonArray();
        foreach (var key in new[] { KeyOf("RS256"), KeyOf("ES256"), KeyOf("ES384"), KeyOf("ES512") })
        {
            var jwk = key is RsaSecurityKey rsa
                ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(false)))
                : JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)key);
            var shown = new JsonObject
            {
                ["kid"] = key.KeyId,
                ["kty"] = jwk.Kty,
                ["use"] = "sig",
            };
            foreach (
                var (name, value) in new[] { ("n", jwk.N), ("e", jwk.E), ("crv", jwk.Crv), ("x", jwk.X), ("y", jwk.Y) }
            )
            {
                if (value is not null)
                    shown[name] = value;
            }
            keys.Add(shown);
        }
        return new JsonObject { ["keys"] = keys }.ToJsonString();
    }
}
