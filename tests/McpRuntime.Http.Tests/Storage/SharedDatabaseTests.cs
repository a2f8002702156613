using System.Net;
using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Storage;

/// <summary>Several gateways, or many requests, at one database.</summary>
public class SharedDatabaseTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateways_that_start_together_make_one_first_token()
    {
        var url = await postgres.CreateDatabaseAsync();
        var gateways = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => RunningGateway.StartAsync([("DATABASE_URL", url)]))
        );
        try
        {
            var owner = gateways.Single(gateway => gateway.Token is not null);

            Assert.Equal(1, (await owner.Client.SendAsync("GET", "/v1/tokens")).GetProperty("tokens").GetArrayLength());
        }
        finally
        {
            foreach (var gateway in gateways)
                await gateway.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_changes_that_are_based_on_the_same_one_is_made(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        var tag = (await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201)).Text("etag");

        var based = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ChangeAsync(gateway.Client, i, tag)));
        var any = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ChangeAsync(gateway.Client, i, "*")));

        Assert.Equal(1, based.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(11, based.Count(status => status == HttpStatusCode.PreconditionFailed));
        Assert.All(any, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal("14", (await gateway.Client.SendAsync("GET", "/v1/projects/p")).Text("version"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_connectors_that_are_installed_at_once_one_is_there(bool isPostgres)
    {
        await using var gateway = await StartAsync(isPostgres);
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);

        var installed = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async i =>
                {
                    using var answer = await gateway.Client.PostAsync(
                        "/v1/projects/p/connectors",
                        new StringContent(
                            Manifests.Shop(new Uri($"https://shop{i}.example")),
                            Encoding.UTF8,
                            "application/yaml"
                        ),
                        Cancelled
                    );
                    return answer.StatusCode;
                })
        );

        Assert.Equal(1, installed.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(7, installed.Count(status => status == HttpStatusCode.PreconditionRequired));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_auditor_reads_the_entries_of_patterns_of_projects(bool isPostgres)
    {
        using var home = new TemporaryFolder();
        var roles = home.Write(
            "roles.json",
            """{"roles": {"auditor": {"projects": ["team-?", "x*"], "rights": ["audit"], "access": "none"}}}"""
        );
        await using var gateway = await StartAsync(isPostgres, home, ("ROLES_FILE", roles));
        foreach (var project in new[] { "team-a", "team-bb", "xy", "other" })
            await gateway.Client.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
        using var auditor = await gateway.ClientAsync("auditor");
        using var limited = await gateway.ClientAsync(["auditor"], ["xy", "other"]);

        Assert.Equal(["xy", "team-a"], await TargetsAsync(auditor, 2));
        Assert.Equal(["xy"], await TargetsAsync(limited, 1));
    }

    private static async Task<IReadOnlyList<string>> TargetsAsync(HttpClient client, int count)
    {
        // Entries are written next to the requests.
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while (true)
        {
            guard.Token.ThrowIfCancellationRequested();
            var entries = (await client.SendAsync("GET", "/v1/audit")).GetProperty("entries");
            if (entries.GetArrayLength() >= count)
                return [.. entries.EnumerateArray().Select(entry => entry.Text("target"))];
        }
    }

    private static async Task<HttpStatusCode> ChangeAsync(HttpClient client, int number, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/projects/p")
        {
            Content = new StringContent($$"""{"title":"{{number}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var answer = await client.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }

    private async Task<RunningGateway> StartAsync(
        bool isPostgres,
        TemporaryFolder? home = null,
        params (string, string)[] settings
    ) =>
        await RunningGateway.StartAsync(
            isPostgres ? [.. settings, ("DATABASE_URL", await postgres.CreateDatabaseAsync())] : settings,
            home
        );
}
