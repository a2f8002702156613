using System.Net;
using System.Text;
using McpRuntime.Http.Tests.Authentication;
using McpRuntime.Testing;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Access;

/// <summary>What an identity provider calls a role is one of the gateway only where the operator says so.</summary>
public class MappedRolesTests
{
    private const string Key = "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_name_of_the_provider_means_nothing_by_itself()
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_SECRET_KEY", Key),
            ("PUBLIC_URL", "https://mcp.example"),
        ]);

        var (status, challenge, text) = await AskAsync(gateway, "admin");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("error=\"insufficient_scope\"", challenge);
        Assert.Contains("no claim is mapped to a role", text);
        Assert.Contains("MCP_RUNTIME_ROLES_FILE", text);
    }

    [Fact]
    public async Task A_mapping_by_value_brings_exactly_its_roles()
    {
        using var home = new TemporaryFolder();
        var roles = home.Write(
            "roles.json",
            """{"claims": [{"claim": "roles", "value": "platform-team", "roles": ["admin"]}]}"""
        );
        await using var gateway = await RunningGateway.StartAsync(
            [("JWT_SECRET_KEY", Key), ("PUBLIC_URL", "https://mcp.example"), ("ROLES_FILE", roles)],
            home
        );

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, "platform-team")).Status);
        var (status, _, text) = await AskAsync(gateway, "admin");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("its claims (roles)", text);
    }

    [Fact]
    public async Task A_claim_whose_values_are_roles_is_named_by_the_operator()
    {
        await using var gateway = await RunningGateway.StartAsync([
            ("JWT_SECRET_KEY", Key),
            ("PUBLIC_URL", "https://mcp.example"),
            ("JWT_ROLES_CLAIM", "roles"),
        ]);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, "admin")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(gateway, "root")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Challenge, string Text)> AskAsync(
        RunningGateway gateway,
        string role
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tokens");
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key));
        request.Headers.Authorization = new(
            "Bearer",
            TestAuthority.Sign(key, "HS256", "mcp-runtime", "https://mcp.example", [role])
        );
        using var answer = await gateway.Anonymous.SendAsync(request, Cancelled);
        return (
            answer.StatusCode,
            answer.Headers.WwwAuthenticate.ToString(),
            await answer.Content.ReadAsStringAsync(Cancelled)
        );
    }
}
