using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Configuration.Issuers;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Configuration;

public sealed class IssuersFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_of_an_issuer_is_read()
    {
        var secret = System.Text.Json.JsonSerializer.Serialize(_folder.Write("secret", "hidden-1"));

        var issuer = Assert.Single(
            Read(
                $$"""
                {"name":"staff","issuer":"https://login.example/a","metadata":"https://meta.example/m","audience":["x","y"],
                 "rolesClaim":"realm_access.roles","defaultRole":"reader",
                 "signIn":{"clientId":"web","clientSecretFile":{{secret}},"scopes":["api"],"parameters":{"audience":"z"} },
                 "introspection":{"clientId":"api","clientSecretFile":{{secret}},"url":"https://login.example/i"} }
                """
            )
        );

        Assert.Equal(("staff", "/sign-in/callback/staff"), (issuer.Name, issuer.Callback));
        Assert.Equal(
            ("https://login.example/a", "https://meta.example/m"),
            (issuer.Url.ToString(), issuer.Metadata!.ToString())
        );
        Assert.Equal(["x", "y"], issuer.Audiences);
        Assert.Equal(("realm_access.roles", "reader"), (issuer.RolesClaim, issuer.DefaultRole));
        Assert.Equal(("web", "openid api"), (issuer.SignIn!.Id, string.Join(' ', issuer.SignIn.Scopes)));
        Assert.True(issuer.SignIn.Secret!.Is("hidden-1"));
        Assert.Equal("z", issuer.SignIn.Parameters["audience"]);
        Assert.Equal(
            ("api", "https://login.example/i"),
            (issuer.Introspection!.ClientId, issuer.Introspection.Url!.ToString())
        );
        Assert.DoesNotContain("hidden-1", issuer.ToString());
    }

    [Theory]
    [InlineData("""{"issuer":"https://a.example"}""", "needs a 'name'")]
    [InlineData("""{"name":"A b","issuer":"https://a.example"}""", "needs a 'name'")]
    [InlineData("""{"name":"a"}""", "'issuer' is missing")]
    [InlineData("""{"name":"a","issuer":"http://a.example"}""", "an https URL is expected")]
    [InlineData("""{"name":"a","issuer":"https://a.example","audiences":["x"]}""", "'audiences' is unknown")]
    [InlineData("""{"name":"a","issuer":"https://a.example","audience":[]}""", "the list is empty")]
    [InlineData("""{"name":"a","issuer":"https://a.example","signIn":{}}""", "'clientId' is missing")]
    [InlineData(
        """{"name":"a","issuer":"https://a.example","signIn":{"clientId":"x","parameters":{"state":"s"}}}""",
        "'state' is the gateway's own"
    )]
    [InlineData(
        """{"name":"a","issuer":"https://a.example","introspection":{"clientId":"x"}}""",
        "needs clientId and clientSecretFile"
    )]
    [InlineData(
        """{"name":"a","issuer":"https://a.example","introspection":{"clientId":"x","clientSecretFile":"/none"}}""",
        "cannot be read"
    )]
    [InlineData(
        """{"name":"a","issuer":"https://a.example"},{"name":"a","issuer":"https://b.example"}""",
        "The name 'a' is there twice"
    )]
    [InlineData(
        """{"name":"a","issuer":"https://a.example/"},{"name":"b","issuer":"https://a.example"}""",
        "The issuer 'https://a.example' is there twice"
    )]
    [InlineData("""{"name":"a" "issuer":1}""", "cannot be read")]
    public void A_mistake_is_named_with_the_file(string issuers, string fault)
    {
        var refused = Assert.Throws<SettingsException>(() => Read(issuers));

        Assert.Contains("MCP_RUNTIME_ISSUERS_FILE names", refused.Message);
        Assert.Contains(fault, refused.Message);
    }

    [Fact]
    public void One_issuer_alone_has_opaque_tokens()
    {
        var secret = System.Text.Json.JsonSerializer.Serialize(_folder.Write("secret", "hidden-1"));
        var introspection = $$""" "introspection":{"clientId":"x","clientSecretFile":{{secret}} } """;

        var refused = Assert.Throws<SettingsException>(() =>
            Read(
                $$"""{"name":"a","issuer":"https://a.example",{{introspection}} },{"name":"b","issuer":"https://b.example",{{introspection}} }"""
            )
        );

        Assert.Contains("Several issuers have 'introspection'", refused.Message);
        Assert.DoesNotContain("hidden-1", refused.ToString());
    }

    private IReadOnlyList<TrustedIssuer> Read(string issuers)
    {
        var file = _folder.Write("issuers.json", $$"""{"issuers":[{{issuers}}]}""");
        return GatewaySettingsReader
            .Read(
                name => name == "MCP_RUNTIME_ISSUERS_FILE" ? file : null,
                new RuntimeSettings { ConnectorsFolder = "/c", DataFolder = "/d" }
            )
            .Issuers;
    }
}
