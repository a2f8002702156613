using System.Net;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>
/// Metadata and tokens as the public documentation of products describes them, from an issuer on loopback. None of the
/// products was asked.
/// </summary>
public sealed class IssuerShapeTests
{
    private const string Us = IssuerGateway.Us;

    [Fact]
    public async Task Keycloak_has_roles_of_the_realm_within_an_object()
    {
        await using var issuer = new ShapedIssuer("/realms/staff");
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"keycloak","issuer":"{{issuer.Url}}","rolesClaim":"realm_access.roles"}"""
        );

        var caller = await made.CallerAsync(
            issuer.Sign(
                """
                {"typ":"Bearer","azp":"desk","sub":"f6c2-ann","aud":["https://mcp.example","account"],"acr":"1",
                 "realm_access":{"roles":["offline_access","reader","uma_authorization"]},
                 "resource_access":{"account":{"roles":["view-profile"]}},
                 "scope":"openid email profile","preferred_username":"ann"}
                """
            )
        );

        Assert.Equal(($"jwt:{issuer.Url}|f6c2-ann", "reader"), caller);
    }

    [Fact]
    public async Task Keycloak_has_roles_of_a_client_whose_name_has_dots()
    {
        await using var issuer = new ShapedIssuer("/realms/staff");
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"keycloak","issuer":"{{issuer.Url}}","rolesClaim":"resource_access.mcp.example.com.roles"}"""
        );

        var (_, roles) = await made.CallerAsync(
            issuer.Sign(
                """{"sub":"ann","aud":"https://mcp.example","resource_access":{"mcp.example.com":{"roles":["user"]}}}"""
            )
        );

        Assert.Equal("user", roles);
    }

    [Fact]
    public async Task Auth0_has_a_slash_at_its_end_permissions_and_claims_with_a_url_for_a_name()
    {
        await using var issuer = new ShapedIssuer("/");
        await using var made = await IssuerGateway.StartAsync(
            $$"""
            {"name":"auth0","issuer":"{{issuer.Root}}","audience":["https://mcp.example/api"],
             "rolesClaim":"https://example.com/roles"}
            """,
            """{"claims":[{"claim":"permissions","value":"tools:call","roles":["user"]}]}"""
        );

        var caller = await made.CallerAsync(
            issuer.Sign(
                $$"""
                {"sub":"auth0|123456","aud":["https://mcp.example/api","{{issuer.Root}}/userinfo"],
                 "azp":"my_client_id","scope":"openid profile","permissions":["tools:call"],
                 "https://example.com/roles":["reader"]}
                """
            )
        );

        Assert.Equal(($"jwt:{issuer.Root}/|auth0|123456", "reader user"), caller);
    }

    [Fact]
    public async Task Entra_has_app_roles_and_scopes_in_scp()
    {
        await using var issuer = new ShapedIssuer("/9122040d-6c67/v2.0");
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"entra","issuer":"{{issuer.Url}}","audience":["6e74172b-be56"],"rolesClaim":"roles"}""",
            """
            {"roles":{"writer":{"access":"write"}},
             "claims":[{"claim":"scp","value":"Tools.Write","roles":["writer"]}]}
            """
        );

        var caller = await made.CallerAsync(
            issuer.Sign(
                """
                {"aud":"6e74172b-be56","azp":"desk","azpacr":"0","name":"Ann","oid":"690222be","ver":"2.0",
                 "preferred_username":"ann@example.com","roles":["reader"],"scp":"Tools.Read Tools.Write",
                 "sub":"HKZpfaHyWadeOouYlitjrI","tid":"9122040d-6c67"}
                """
            )
        );

        Assert.Equal(($"jwt:{issuer.Url}|HKZpfaHyWadeOouYlitjrI", "reader writer"), caller);
    }

    [Fact]
    public async Task Entra_of_version_1_has_its_metadata_elsewhere_than_its_issuer()
    {
        await using var issuer = new ShapedIssuer(metadataPath: "/9122040d-6c67/.well-known/openid-configuration")
        {
            NamedIssuer = "https://sts.windows.net/9122040d-6c67/",
        };
        await using var made = await IssuerGateway.StartAsync(
            $$"""
            {"name":"entra","issuer":"https://sts.windows.net/9122040d-6c67/","audience":["api://mcp"],
             "metadata":"{{issuer.Root}}{{issuer.MetadataPath}}","rolesClaim":"roles"}
            """
        );

        var (id, roles) = await made.CallerAsync(
            issuer.Sign(
                """
                {"iss":"https://sts.windows.net/9122040d-6c67/","aud":"api://mcp","appid":"desk","sub":"ann","ver":"1.0",
                 "roles":["reader"]}
                """
            )
        );

        Assert.Equal(("jwt:https://sts.windows.net/9122040d-6c67/|ann", "reader"), (id, roles));
    }

    [Theory]
    [InlineData("/oauth2/default/.well-known/openid-configuration")]
    // RFC 8414 section 3.1.
    [InlineData("/.well-known/oauth-authorization-server/oauth2/default")]
    public async Task Okta_has_scopes_in_a_list_and_metadata_of_either_form(string metadataPath)
    {
        await using var issuer = new ShapedIssuer("/oauth2/default", metadataPath);
        await using var made = await IssuerGateway.StartAsync(
            $$"""{"name":"okta","issuer":"{{issuer.Url}}","audience":["api://default"]}""",
            """
            {"claims":[{"claim":"scp","value":"tools","roles":["user"]},
                       {"claim":"groups","value":"Desk","roles":["reader"]}]}
            """
        );

        var caller = await made.CallerAsync(
            issuer.Sign(
                """
                {"ver":1,"jti":"AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE","aud":"api://default","cid":"0oabv6kx4qq6h1U5l0h7",
                 "uid":"00ujmkLgagxeRrAg20g3","scp":["openid","tools"],"sub":"ann@example.com","groups":["Everyone","Desk"]}
                """
            )
        );

        Assert.Equal(($"jwt:{issuer.Url}|ann@example.com", "user reader"), caller);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Every_asymmetric_algorithm_of_the_library_is_accepted_and_a_changed_token_never(string algorithm)
    {
        await using var issuer = new ShapedIssuer();
        await using var made = await IssuerGateway.StartAsync($$"""{"name":"any","issuer":"{{issuer.Url}}"}""");
        var token = issuer.Sign($$"""{"sub":"ann","aud":"{{Us}}"}""", algorithm);
        var parts = token.Split('.');
        var other = issuer.Sign($$"""{"sub":"bob","aud":"{{Us}}"}""", algorithm).Split('.');

        Assert.Equal($"jwt:{issuer.Url}|ann", (await made.CallerAsync(token)).Id);
        Assert.Contains("signature", await made.RefusalAsync($"{parts[0]}.{other[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task An_issuer_whose_certificate_the_operator_trusts_is_read_and_another_is_not()
    {
        using var home = new TemporaryFolder();
        using var certificates = new TestCertificates();
        using var certificate = certificates.Issue("CN=issuer", IPAddress.Loopback);
        await using var issuer = new ShapedIssuer(certificate: certificate);
        var bundle = home.Write("ca.pem", certificates.RootPem);
        var definition = $$"""{"name":"inside","issuer":"{{issuer.Url}}"}""";
        await using var trusting = await IssuerGateway.StartAsync(definition, settings: [("CA_BUNDLE", bundle)]);
        await using var other = await IssuerGateway.StartAsync(definition);
        var token = issuer.Sign($$"""{"sub":"ann","aud":"{{Us}}"}""");

        Assert.Equal($"jwt:{issuer.Url}|ann", (await trusting.CallerAsync(token)).Id);
        using var refused = await other.AskAsync(token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }
}
