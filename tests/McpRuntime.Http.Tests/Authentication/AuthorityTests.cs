using System.Net;
using McpRuntime.Testing;
using Microsoft.IdentityModel.Tokens;

namespace McpRuntime.Http.Tests.Authentication;

/// <summary>JWTs of an authority that changes its keys, or does not answer.</summary>
public class AuthorityTests
{
    private const string Us = "https://mcp.example";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_that_the_authority_changed_are_read_again_and_the_former_ones_are_refused()
    {
        await using var authority = TestAuthority.Start();
        await using var gateway = await StartAsync(authority);
        var former = authority.RsaKey;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, Sign(authority, former)));
        authority.ChangeRsaKey();

        // Its first token makes the gateway ask, next to the request that it comes with.
        var token = Sign(authority, authority.RsaKey);
        var status = await StatusAsync(gateway, token);
        Assert.True(await authority.ChangedKeysRead.WaitAsync(ProcessRunner.HangGuard, Cancelled));
        for (var again = 0; status == HttpStatusCode.Unauthorized && again < 40; again++)
            status = await StatusAsync(gateway, token);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusAsync(gateway, Sign(authority, former, subject: "another"))
        );
    }

    [Fact]
    public async Task Authority_that_does_not_answer_is_not_the_callers_fault()
    {
        var authority = TestAuthority.Start();
        await using var gateway = await StartAsync(authority);
        var token = Sign(authority, authority.RsaKey);
        await authority.DisposeAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(gateway, token));
    }

    private static Task<RunningGateway> StartAsync(TestAuthority authority) =>
        RunningGateway.StartAsync([
            ("JWT_AUTHORITY", authority.Issuer),
            ("JWT_ROLES_CLAIM", "roles"),
            ("PUBLIC_URL", Us),
        ]);

    private static string Sign(TestAuthority authority, SecurityKey key, string subject = "ann") =>
        TestAuthority.Sign(key, "RS256", authority.Issuer, Us, ["admin"], subject: subject);

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tokens");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await gateway.Client.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }
}
