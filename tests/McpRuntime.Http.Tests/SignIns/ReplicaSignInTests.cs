using McpRuntime.Http.Tests.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.SignIns.TestSignIns;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Replicas follow what one of them does with an account, long before they would look by themselves.</summary>
public sealed class ReplicaSignInTests(PostgresServer postgres) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task An_account_that_one_replica_replaces_or_removes_is_gone_in_the_other()
    {
        await using var api = Manifests.Upstream();
        _home.Write("connectors/shop.yaml", Manifest(api.Url));
        var database = await postgres.CreateDatabaseAsync();
        // Its clock stands, so that what it knows is good for ever.
        var time = new FrozenTime();
        await using var one = await StartAsync(_home, database);
        await using var two = await StartAsync(_home, database, parts => parts with { Time = time });
        var (token, text) = await one
            .App.Services.GetRequiredService<TokenStore>()
            .CreateAsync("test", ["user"], null, Cancelled);
        using var client = new HttpClient { BaseAddress = two.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", text);
        await one.ConnectAsync(token.CallerId, "first", api.Url);
        Assert.Equal("Bearer first", await UsedAsync());

        await one.ConnectAsync(token.CallerId, "second", api.Url);
        await UntilAsync("Bearer second");
        await one.SignIns().RemoveAsync(Key(token.CallerId), Cancelled);
        await UntilAsync(null);

        async Task<string?> UsedAsync()
        {
            var before = api.Requests.Count;
            await client.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");
            return api.Requests.Skip(before).SelectMany(request => request.Header("Authorization")).SingleOrDefault();
        }

        async Task UntilAsync(string? expected)
        {
            using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            guard.CancelAfter(ProcessRunner.HangGuard);
            while (await UsedAsync() != expected)
                await Task.Delay(20, guard.Token);
        }
    }
}
