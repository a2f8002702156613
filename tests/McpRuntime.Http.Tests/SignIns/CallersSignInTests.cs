using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.LiveView;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.SignIns.TestSignIns;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Calls with the account of the caller, or with the one that all callers share.</summary>
public sealed class CallersSignInTests(PostgresServer postgres) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Each_caller_uses_their_own_account_and_no_other()
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);
        var (bob, bobId) = await CallerAsync(gateway);
        var (eve, _) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);
        await gateway.ConnectAsync(bobId, "token-of-bob", api.Url);
        await gateway.ConnectAsync(holder: null, "token-of-all", api.Url);

        Assert.False(await IsErrorAsync(ann));
        Assert.False(await IsErrorAsync(bob));
        Assert.False(await IsErrorAsync(ann));
        Assert.True(await IsErrorAsync(eve));

        Assert.Equal(["Bearer token-of-ann", "Bearer token-of-bob", "Bearer token-of-ann"], SentTo(api));
        Assert.DoesNotContain("token-of-", await gateway.EndAsync());
    }

    [Fact]
    public async Task A_shared_account_is_used_for_every_caller()
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url, "shared"));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);
        var (bob, _) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);
        await gateway.ConnectAsync(holder: null, "token-of-all", api.Url);

        Assert.False(await IsErrorAsync(ann));
        Assert.False(await IsErrorAsync(bob));

        Assert.Equal(["Bearer token-of-all", "Bearer token-of-all"], SentTo(api));
    }

    [Fact]
    public async Task A_caller_without_an_account_is_refused_and_never_uses_the_one_of_the_environment()
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url));
        _home.Write("credentials/MCP_RUNTIME_CREDENTIAL__SHOP__PERSON__TOKEN", "token-of-all");
        await using var gateway = await RunningGateway.StartAsync(
            [Manifests.Loopback, ("CREDENTIALS_DIR", _home.PathOf("credentials"))],
            _home
        );

        var answer = await gateway.Client.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");

        Assert.True(answer.GetProperty("isError").GetBoolean());
        Assert.Contains("set over_http: shared", answer.ToString());
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData("per_caller", "sign-in of the caller: account of ann")]
    [InlineData("shared", "shared sign-in: account of all")]
    public async Task The_audit_says_whose_account_was_used_and_shows_no_token(string overHttp, string expected)
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url, overHttp));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);
        await gateway.ConnectAsync(holder: null, "token-of-all", api.Url);

        Assert.False(await IsErrorAsync(ann));

        var entry = Assert.Single(await Audit.CallsAsync(gateway.Client, least: 1));
        Assert.Equal((annId, expected), (entry.Text("caller"), entry.Text("detail")));
        Assert.DoesNotContain("token-of-", entry.ToString());
    }

    [Theory]
    [InlineData("per_caller", "sign-in of the caller")]
    [InlineData("shared", "shared sign-in")]
    public async Task Log_and_live_view_say_whose_account_was_used_and_name_no_person(string overHttp, string expected)
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url, overHttp));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);
        await gateway.ConnectAsync(holder: null, "token-of-all", api.Url);
        using var viewer = await LiveTests.OpenAsync(
            gateway,
            await LiveTests.TicketAsync(gateway.Client),
            "&level=none"
        );

        Assert.False(await IsErrorAsync(ann));

        var (_, ended) = (await LiveTests.NextAsync(viewer), await LiveTests.NextAsync(viewer));
        Assert.Equal(expected, ended.Text("account"));
        var log = await gateway.EndAsync();
        Assert.Contains($", with {expected}", log, StringComparison.Ordinal);
        Assert.DoesNotContain("account of", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_was_disconnected_or_is_another_one_counts_with_the_next_call()
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);

        Assert.True(await IsErrorAsync(ann));
        await gateway.ConnectAsync(annId, "first", api.Url);
        Assert.False(await IsErrorAsync(ann));
        await gateway.ConnectAsync(annId, "second", api.Url);
        Assert.False(await IsErrorAsync(ann));
        await gateway.SignIns().RemoveAsync(Key(annId), Cancelled);
        Assert.True(await IsErrorAsync(ann));

        Assert.Equal(["Bearer first", "Bearer second"], SentTo(api));
    }

    [Fact]
    public async Task Tokens_go_only_to_the_origins_that_the_sign_in_was_made_for()
    {
        await using var api = Manifests.Upstream();
        await using var other = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(other.Url));
        await using var gateway = await StartAsync(_home);
        var (ann, annId) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);

        Assert.True(await IsErrorAsync(ann));

        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revoked_token_takes_the_sign_ins_of_its_caller_with_it(bool isPostgres)
    {
        await using var api = Manifests.Upstream();
        await using var gateway = await StartAsync(_home, isPostgres ? await postgres.CreateDatabaseAsync() : null);
        var (_, annId) = await CallerAsync(gateway);
        var (_, bobId) = await CallerAsync(gateway);
        await gateway.ConnectAsync(annId, "token-of-ann", api.Url);
        await gateway.ConnectAsync(bobId, "token-of-bob", api.Url);

        await gateway.Client.SendAsync("DELETE", $"/v1/tokens/{annId["token:".Length..]}", status: 204);

        Assert.Equal([bobId], await HoldersAsync(gateway));
    }

    [Fact]
    public async Task Replicas_renew_an_expired_token_once_for_all_their_calls()
    {
        var database = await postgres.CreateDatabaseAsync();
        var renewals = 0;
        await using var api = RecordingUpstream.Start(request =>
            request.Target == "/token"
                ? UpstreamAnswer.Json(
                    $$"""
                    {"access_token":"renewed-{{Interlocked.Increment(ref renewals)}}","token_type":"Bearer",
                    "expires_in":3600,"refresh_token":"next"}
                    """
                )
                : UpstreamAnswer.Json("""{"id":7}""")
        );
        _home.Write("connectors/shop.yaml", Manifest(api.Url, "shared"));
        await using var one = await StartAsync(_home, database);
        await using var two = await StartAsync(_home, database);
        await one.ConnectAsync(holder: null, "expired", api.Url, isOver: true);
        var (first, _) = await CallerAsync(one);
        var (second, _) = await CallerAsync(two);

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => IsErrorAsync(i % 2 == 0 ? first : second)));

        Assert.All(errors, Assert.False);
        Assert.Equal(1, renewals);
        Assert.Equal(20, SentTo(api).Count(sent => sent == "Bearer renewed-1"));
        Assert.Equal("renewed-1", await two.TokenAsync(Key(null)));
    }

    private static async Task<(HttpClient Client, string Id)> CallerAsync(RunningGateway gateway)
    {
        var (token, text) = await gateway
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("test", ["user"], null, Cancelled);
        var client = new HttpClient { BaseAddress = gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", text);
        return (client, token.CallerId);
    }

    private static async Task<bool> IsErrorAsync(HttpClient client) =>
        (await client.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""")).GetProperty("isError").GetBoolean();

    private static IEnumerable<string> SentTo(RecordingUpstream api) =>
        api
            .Requests.Where(request => request.Target != "/token")
            .SelectMany(request => request.Header("Authorization"));

    private static Task<IReadOnlyList<string>> HoldersAsync(RunningGateway gateway) =>
        gateway
            .App.Services.GetRequiredService<Database>()
            .QueryAsync("SELECT holder FROM gateway_sign_in WHERE ended IS NULL", row => row.GetString(0), Cancelled);
}
