using System.Net;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Authentication;

/// <summary>How the first person gets in: an admin token in a file that only the gateway's user can read.</summary>
public class FirstTokenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_an_admin_token_that_outlives_it()
    {
        using var home = new TemporaryFolder();
        string first;
        await using (var gateway = await RunningGateway.StartAsync(home: home))
        {
            first = gateway.Token!;
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf(home)));
            Assert.DoesNotContain(first, await gateway.EndAsync());
        }
        await using var again = await RunningGateway.StartAsync(home: home);

        Assert.Equal(first, again.Token);
        Assert.Equal(
            "first start",
            (await again.Client.SendAsync("GET", "/v1/tokens")).GetProperty("tokens")[0].Text("name")
        );
    }

    [Fact]
    public async Task A_revoked_first_token_is_not_kept_in_its_file()
    {
        using var home = new TemporaryFolder();
        await using (var gateway = await RunningGateway.StartAsync(home: home))
        {
            var other = await gateway.Client.SendAsync(
                "POST",
                "/v1/tokens",
                """{"name":"me","roles":["admin"],"days":1}""",
                201
            );
            var first = (await gateway.Client.SendAsync("GET", "/v1/tokens"))
                .GetProperty("tokens")
                .EnumerateArray()
                .Single(token => token.Text("id") != other.Text("id"));
            await gateway.Client.SendAsync("DELETE", $"/v1/tokens/{first.Text("id")}", status: 204);
        }
        await using var again = await RunningGateway.StartAsync(home: home);

        Assert.Null(again.Token);
        Assert.False(File.Exists(FileOf(home)));
    }

    [Fact]
    public async Task A_gateway_that_takes_JWTs_makes_no_token()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(
            [("JWT_SECRET_KEY", "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB")],
            home
        );

        Assert.Null(gateway.Token);
        Assert.False(File.Exists(FileOf(home)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_leaves_no_token_behind()
    {
        using var home = new TemporaryFolder();
        Directory.CreateDirectory(FileOf(home));

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() => RunningGateway.StartAsync(home: home));
        Directory.Delete(FileOf(home));
        await using var gateway = await RunningGateway.StartAsync(home: home);

        Assert.Contains(FileOf(home), refused.Message, StringComparison.Ordinal);
        Assert.Contains("mcp-runtime-http token create", refused.Message, StringComparison.Ordinal);
        using var answer = await gateway.Client.GetAsync("/v1/tokens", Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string FileOf(TemporaryFolder home) => home.PathOf("data", "gateway", "admin-token");
}
