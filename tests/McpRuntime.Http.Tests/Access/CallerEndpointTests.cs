using System.Net;
using System.Text.Json;
using McpRuntime.Http.Tests.Authentication;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Access;

/// <summary>What <c>/v1/caller</c> and <c>/sign-in/methods</c> say to whom.</summary>
public class CallerEndpointTests
{
    private const string Roles = """
        {"roles": {
          "lead": {"projects": ["crm-*", "ops"], "access": "write", "rights": ["connectors", "audit"]},
          "auditor": {"access": "none", "rights": ["audit"]}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_holds_every_right_of_the_gateway()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var caller = await gateway.Client.SendAsync("GET", "/v1/caller");

        Assert.StartsWith("token:", caller.Text("id"));
        Assert.Equal("apiToken", caller.Text("kind"));
        Assert.Equal(["admin"], Names(caller, "roles"));
        Assert.Equal(
            ["tokens", "projects", "connectors", "credentials", "network", "audit", "runtime"],
            Names(caller, "rights")
        );
        Assert.Empty(caller.GetProperty("projectRights").EnumerateArray());
        Assert.Equal("destructive", caller.Text("access"));
    }

    [Fact]
    public async Task Rights_in_projects_are_named_with_their_projects()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.Write("roles.json", Roles))]);
        using var client = await gateway.ClientAsync("lead", "auditor");

        var caller = await client.SendAsync("GET", "/v1/caller");

        Assert.Equal("test", caller.Text("name"));
        Assert.Equal(["audit"], Names(caller, "rights"));
        var held = Assert.Single(caller.GetProperty("projectRights").EnumerateArray());
        Assert.Equal(["crm-*", "ops"], Names(held, "projects"));
        Assert.Equal(["connectors", "audit"], Names(held, "rights"));
        Assert.Equal("write", caller.Text("access"));
    }

    [Fact]
    public async Task A_token_that_is_limited_to_projects_narrows_those_of_its_role()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([("ROLES_FILE", home.Write("roles.json", Roles))]);
        using var narrow = await gateway.ClientAsync(["lead"], ["crm-eu", "shop"]);
        using var wide = await gateway.ClientAsync(["admin"], ["crm-eu"]);

        var ofNarrow = await narrow.SendAsync("GET", "/v1/caller");
        var ofWide = await wide.SendAsync("GET", "/v1/caller");

        Assert.Equal(["crm-eu"], Names(ofNarrow.GetProperty("projectRights")[0], "projects"));
        Assert.Empty(Names(ofWide, "rights"));
        Assert.Equal(["crm-eu"], Names(ofWide.GetProperty("projectRights")[0], "projects"));
    }

    [Fact]
    public async Task A_jwt_is_named_by_its_claims_also_when_it_is_known_from_before()
    {
        await using var authority = TestAuthority.Start();
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_AUTHORITY", authority.Issuer),
            ("JWT_AUDIENCE", "us"),
        ]);
        using var client = new HttpClient { BaseAddress = gateway.Url };
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            TestAuthority.Sign(
                authority.RsaKey,
                "RS256",
                authority.Issuer,
                "us",
                [],
                claims: new Dictionary<string, object> { ["name"] = "Ann\u202e Lee" }
            )
        );

        foreach (var _ in new[] { 1, 2 })
        {
            var caller = await client.SendAsync("GET", "/v1/caller");
            Assert.Equal($"jwt:{authority.Issuer}|ann", caller.Text("id"));
            Assert.Equal("jwt", caller.Text("kind"));
            Assert.StartsWith("Ann", caller.Text("name"));
            Assert.DoesNotContain('\u202e', caller.Text("name"));
            // No role of the gateway, and still told who it is.
            Assert.Empty(Names(caller, "roles"));
            Assert.Equal("none", caller.Text("access"));
        }
    }

    [Fact]
    public async Task No_one_is_told_without_a_token_and_anyone_is_told_how_to_sign_in()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var refused = await gateway.Anonymous.GetAsync("/v1/caller", Cancelled);
        var methods = await gateway.Anonymous.SendAsync("GET", "/sign-in/methods");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.True(methods.GetProperty("token").GetBoolean());
        Assert.Empty(methods.GetProperty("issuers").EnumerateArray());
    }

    private static IEnumerable<string> Names(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}
