using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Configuration;

public sealed class SignInSettingsTests : IDisposable
{
    private static readonly (string, string) Authority = ("JWT_AUTHORITY", "https://login.example.com/realms/us");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_authority_is_an_issuer_without_a_client_where_none_is_set()
    {
        var issuer = Assert.Single(Read(Authority).Issuers);

        Assert.Equal("login.example.com", issuer.Name);
        Assert.Null(issuer.SignIn);
        Assert.Empty(Read().Issuers);
    }

    [Fact]
    public void The_client_has_its_secret_from_a_file_and_always_asks_for_openid()
    {
        var file = _folder.Write("secret", "of-the-client\r\n");

        var client = Assert
            .Single(
                Read(
                    Authority,
                    ("SIGN_IN_CLIENT_ID", "gateway"),
                    ("SIGN_IN_CLIENT_SECRET_FILE", file),
                    ("SIGN_IN_SCOPES", "email, api.read")
                ).Issuers
            )
            .SignIn!;

        Assert.Equal("gateway", client.Id);
        Assert.True(client.Secret!.Is("of-the-client"));
        Assert.Equal(["openid", "email", "api.read"], client.Scopes);
        Assert.DoesNotContain("of-the-client", client.ToString());
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    public void A_file_without_a_secret_is_refused(string? content, string fault)
    {
        var file = content is null ? _folder.PathOf("missing") : _folder.Write("secret", content);

        var refused = Assert.Throws<SettingsException>(() =>
            Read(Authority, ("SIGN_IN_CLIENT_ID", "gateway"), ("SIGN_IN_CLIENT_SECRET_FILE", file))
        );

        Assert.Contains($"MCP_RUNTIME_SIGN_IN_CLIENT_SECRET_FILE names '{file}'", refused.Message);
        Assert.Contains(fault, refused.Message);
    }

    [Fact]
    public void A_file_that_is_too_long_for_a_secret_is_not_read()
    {
        var file = _folder.Write("secret", new string('s', 4097));

        var refused = Assert.Throws<SettingsException>(() =>
            Read(Authority, ("SIGN_IN_CLIENT_ID", "gateway"), ("SIGN_IN_CLIENT_SECRET_FILE", file))
        );

        Assert.Contains("4097 bytes", refused.Message);
    }

    [Theory]
    [InlineData("SIGN_IN_CLIENT_ID", "gateway", "without MCP_RUNTIME_JWT_AUTHORITY")]
    [InlineData("SIGN_IN_SCOPES", "email", "without MCP_RUNTIME_SIGN_IN_CLIENT_ID")]
    [InlineData("SIGN_IN_CLIENT_SECRET_FILE", "/secret", "without MCP_RUNTIME_SIGN_IN_CLIENT_ID")]
    public void A_setting_that_lacks_another_one_is_refused(string name, string value, string lack)
    {
        var refused = Assert.Throws<SettingsException>(() => Read((name, value)));

        Assert.Contains($"MCP_RUNTIME_{name} is set {lack}", refused.Message);
    }

    private static GatewaySettings Read(params (string Name, string Value)[] variables) =>
        GatewaySettingsReader.Read(
            name => variables.Where(v => "MCP_RUNTIME_" + v.Name == name).Select(v => v.Value).FirstOrDefault(),
            new RuntimeSettings { ConnectorsFolder = "/c", DataFolder = "/d" }
        );
}
