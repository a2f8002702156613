using System.Net;
using System.Text;
using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.SignInFlows;
using McpRuntime.Testing;

namespace McpRuntime.Tests.SignInFlows;

/// <summary>How providers are told that a sign-in has ended, on stand-ins.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GuardedHttp _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task GitHub_is_told_the_token_with_the_clients_id_and_secret()
    {
        await using var provider = RecordingUpstream.Start(UpstreamAnswer.Empty(204));

        await RevokeAsync(provider, "github", "applications/my-client/token");

        var request = Assert.Single(provider.Requests);
        Assert.Equal("DELETE /applications/my-client/token HTTP/1.1", request.RequestLine);
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes("my-client:of-the-client"));
        Assert.Equal([$"Basic {pair}"], request.Header("Authorization"));
        Assert.Equal("""{"access_token":"access-1"}""", request.BodyText);
        Assert.NotEmpty(request.Header("User-Agent"));
    }

    [Fact]
    public async Task GitHub_is_not_asked_without_the_clients_secret()
    {
        await using var provider = RecordingUpstream.Start(UpstreamAnswer.Empty(204));

        var error = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            RevokeAsync(provider, "github", "applications/my-client/token", secret: null)
        );

        Assert.Contains("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task Slack_is_called_with_the_token_that_is_to_end()
    {
        await using var provider = RecordingUpstream.Start(UpstreamAnswer.Json("""{"ok":true,"revoked":true}"""));

        await RevokeAsync(provider, "slack", "api/auth.revoke");

        var request = Assert.Single(provider.Requests);
        Assert.Equal("POST /api/auth.revoke HTTP/1.1", request.RequestLine);
        Assert.Equal(["Bearer access-1"], request.Header("Authorization"));
    }

    [Theory]
    [InlineData("slack", 200, """{"ok":false,"error":"token_revoked access-1"}""", "token_revoked")]
    [InlineData("slack", 500, "no", "HTTP 500")]
    [InlineData("github", 404, """{"message":"Not Found access-1 of-the-client"}""", "HTTP 404")]
    [InlineData("xero", 400, """{"error":"unsupported","error_description":"refresh-1"}""", "unsupported")]
    public async Task Refusal_is_an_error_without_secrets(string preset, int status, string body, string words)
    {
        await using var provider = RecordingUpstream.Start(UpstreamAnswer.Json(body, status));

        var error = await Assert.ThrowsAsync<McpRuntimeException>(() => RevokeAsync(provider, preset, "revoke"));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.All(["access-1", "refresh-1", "of-the-client"], secret =>
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("github", "https://api.github.com/applications/id%20of%20mine/token")]
    [InlineData("slack", "https://slack.com/api/auth.revoke")]
    [InlineData("figma", null)]
    public async Task Preset_says_where_tokens_are_revoked(string preset, string? expected)
    {
        var endpoints = await Flow()
            .ResolveAsync(
                new SignInRequest
                {
                    ClientId = "id of mine",
                    Connector = new ConnectorManifest
                    {
                        Name = "box",
                        Version = "1.0.0",
                        BaseUrl = "https://api.box.test",
                        SecuritySchemes = new Dictionary<string, SecurityScheme>
                        {
                            ["user"] = new OAuth2Scheme { SignIn = new SignInSettings { Provider = preset } },
                        },
                        Tools = [],
                    },
                },
                Token
            );

        Assert.Equal(expected, endpoints.Revocation?.AbsoluteUri);
        Assert.Equal(preset == "figma" ? "/v1/oauth/refresh" : null, endpoints.Refresh?.AbsolutePath);
    }

    private async Task RevokeAsync(
        RecordingUpstream provider,
        string preset,
        string path,
        string? secret = "of-the-client"
    )
    {
        using var signIn = new SignIn
        {
            Generation = 1,
            Stamp = "s",
            SignedInAt = DateTimeOffset.UnixEpoch,
            ObtainedAt = DateTimeOffset.UnixEpoch,
            ClientId = "my-client",
            ClientSecret = secret is null ? null : new Secret(secret),
            AccessToken = new Secret("access-1"),
            RefreshToken = new Secret("refresh-1"),
            RevocationUrl = new Uri(provider.Url, path).AbsoluteUri,
            Provider = preset,
        };
        await Flow().RevokeAsync("box", signIn, Token);
    }

    private SignInFlow Flow()
    {
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _folder.PathOf("connectors"),
            DataFolder = _folder.PathOf("data"),
            AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")],
        };
        return new SignInFlow(settings, _http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
    }
}
