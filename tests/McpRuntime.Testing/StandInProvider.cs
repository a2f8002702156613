using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace McpRuntime.Testing;

/// <summary>
/// An authorization server on loopback that consents at once: authorization code with PKCE checked, device code,
/// refresh, revocation and metadata. Its answers can be replaced, to misbehave.
/// </summary>
public sealed class StandInProvider : IAsyncDisposable
{
    public const string DeviceCode = "device-code-of-the-stand-in";

    private readonly ConcurrentDictionary<string, (string Challenge, string? Nonce, string Redirect)> _codes = [];
    private readonly RecordingUpstream _server;
    private readonly Lazy<RSA> _key = new(() => RSA.Create(2048));
    private int _polls;

    public StandInProvider() => _server = RecordingUpstream.Start(AnswerAsync);

    public string Issuer => _server.Url.GetLeftPart(UriPartial.Authority);

    public IReadOnlyList<RecordedRequest> Requests => _server.Requests;

    /// <summary>Every code that it gave and every token, for a search for secrets.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new();

    /// <summary>The <c>iss</c> of authorization responses; null for none.</summary>
    public string? ResponseIssuer { get; set; }

    /// <summary>The issuer that its metadata name; null for <see cref="Issuer"/>.</summary>
    public string? MetadataIssuer { get; set; }

    /// <summary>The token endpoint that its metadata name; null for its own.</summary>
    public string? MetadataTokenUrl { get; set; }

    /// <summary>The JSON array of scopes in its metadata; null for none.</summary>
    public string? MetadataScopes { get; set; }

    /// <summary>The token endpoint answers only after it.</summary>
    public Task TokenGate { get; set; } = Task.CompletedTask;

    /// <summary>Takes the place of the endpoints that a client asks itself; null for their own answers.</summary>
    public Func<RecordedRequest, UpstreamAnswer>? Fault { get; set; }

    /// <summary>Runs while a request waits for its answer.</summary>
    public Action<RecordedRequest>? Seen { get; set; }

    /// <summary>The revocation endpoint answers only after it.</summary>
    public Task RevocationGate { get; set; } = Task.CompletedTask;

    /// <summary>Status of answers of the revocation endpoint.</summary>
    public int RevocationStatus { get; set; } = 200;

    /// <summary>Changes the URL that the browser is sent back to.</summary>
    public Func<string, string> Redirect { get; set; } = url => url;

    /// <summary>Replaces token responses; gets the usual one.</summary>
    public Func<string, UpstreamAnswer> Token { get; set; } = json => UpstreamAnswer.Json(json);

    /// <summary>Replaces the claims of ID tokens.</summary>
    public Func<Dictionary<string, object?>, Dictionary<string, object?>> Claims { get; set; } = claims => claims;

    /// <summary>Header of its ID tokens.</summary>
    public string IdentityHeader { get; set; } = """{"alg":"RS256","kid":"stand-in"}""";

    /// <summary>Replaces ID tokens; gets the usual one.</summary>
    public Func<string, string> Identity { get; set; } = token => token;

    /// <summary>What polls of a device get before the token.</summary>
    public IReadOnlyList<string> DeviceErrors { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_key.IsValueCreated)
            _key.Value.Dispose();
    }

    /// <summary>A JWT that it signed (RS256).</summary>
    public string Sign(object claims)
    {
        var signed = $"{Encode(IdentityHeader)}.{Encode(JsonSerializer.Serialize(claims))}";
        var signature = _key.Value.SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private async Task AnswerAsync(
        RecordedRequest request,
        UpstreamConnection connection,
        CancellationToken cancellationToken
    )
    {
        Seen?.Invoke(request);
        if (request.Target == "/token")
            await TokenGate.WaitAsync(cancellationToken);
        if (request.Target == "/revoke")
            await RevocationGate.WaitAsync(cancellationToken);
        var fault = request.Target is "/token" or "/device" or "/revoke" ? Fault : null;
        await connection.SendAsync(fault?.Invoke(request) ?? Answer(request), cancellationToken);
    }

    private UpstreamAnswer Answer(RecordedRequest request)
    {
        var url = new Uri(_server.Url, request.Target);
        var query = HttpUtility.ParseQueryString(url.Query);
        var form = HttpUtility.ParseQueryString(request.BodyText);
        return url.AbsolutePath switch
        {
            "/.well-known/openid-configuration" => UpstreamAnswer.Json(
                JsonSerializer.Serialize(
                    new
                    {
                        issuer = MetadataIssuer ?? Issuer,
                        authorization_endpoint = $"{Issuer}/authorize",
                        token_endpoint = MetadataTokenUrl ?? $"{Issuer}/token",
                        device_authorization_endpoint = $"{Issuer}/device",
                        revocation_endpoint = $"{Issuer}/revoke",
                        jwks_uri = $"{Issuer}/keys",
                        authorization_response_iss_parameter_supported = ResponseIssuer is not null,
                        scopes_supported = JsonElement.Parse(MetadataScopes ?? "[]"),
                    }
                )
            ),
            "/keys" => UpstreamAnswer.Json(Keys()),
            "/authorize" => Authorize(query),
            "/token" => Redeem(form),
            "/device" => UpstreamAnswer.Json(
                $$"""
                {"device_code":"{{DeviceCode}}","user_code":"WDJB-MJHT","verification_uri":"{{Issuer}}/activate",
                 "expires_in":600,"interval":5}
                """
            ),
            "/revoke" => UpstreamAnswer.Empty(RevocationStatus),
            _ => UpstreamAnswer.Empty(404),
        };
    }

    private UpstreamAnswer Authorize(System.Collections.Specialized.NameValueCollection query)
    {
        var code = Remember($"code-{Convert.ToHexString(RandomNumberGenerator.GetBytes(12))}");
        _codes[code] = (query["code_challenge"] ?? "", query["nonce"], query["redirect_uri"] ?? "");
        var back = $"{query["redirect_uri"]}?code={code}&state={query["state"]}";
        if (ResponseIssuer is not null)
            back += $"&iss={Uri.EscapeDataString(ResponseIssuer)}";
        return UpstreamAnswer.Redirect(Redirect(back));
    }

    private UpstreamAnswer Redeem(System.Collections.Specialized.NameValueCollection form)
    {
        string? nonce = null;
        if (form["grant_type"] == "authorization_code")
        {
            var challenge = Base64Url.EncodeToString(
                SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"] ?? ""))
            );
            if (
                !_codes.TryRemove(form["code"] ?? "", out var given)
                || given.Challenge != challenge
                || given.Redirect != form["redirect_uri"]
            )
                return UpstreamAnswer.Json(
                    """{"error":"invalid_grant","error_description":"The code is not good."}""",
                    400
                );
            nonce = given.Nonce;
        }
        else if (form["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
        {
            var poll = Interlocked.Increment(ref _polls) - 1;
            if (poll < DeviceErrors.Count)
                return UpstreamAnswer.Json($$"""{"error":"{{DeviceErrors[poll]}}"}""", 400);
        }
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["aud"] = form["client_id"] ?? "my-client",
            ["exp"] = 4_000_000_000L,
            ["sub"] = "42",
            ["email"] = "ann@example.test",
            ["nonce"] = nonce,
        };
        var token = new Dictionary<string, object?>
        {
            ["access_token"] = Remember($"access-{Guid.NewGuid():N}"),
            ["refresh_token"] = Remember($"refresh-{Guid.NewGuid():N}"),
            ["token_type"] = "Bearer",
            ["expires_in"] = 3600,
            ["scope"] = "read write",
            ["id_token"] = nonce is null ? null : Remember(Identity(Sign(Claims(claims)))),
        };
        return Token(JsonSerializer.Serialize(token.Where(entry => entry.Value is not null).ToDictionary()));
    }

    private string Keys()
    {
        var key = _key.Value.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[{"kty":"RSA","use":"sig","kid":"stand-in","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{
                Base64Url.EncodeToString(key.Exponent)
            }}"}]}
            """;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string Remember(string secret)
    {
        Secrets.Enqueue(secret);
        return secret;
    }
}
