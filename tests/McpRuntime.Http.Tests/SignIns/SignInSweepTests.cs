using McpRuntime.Http.SignIns;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.SignIns.TestSignIns;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Accounts of callers who are gone are forgotten here and ended at their providers.</summary>
public sealed class SignInSweepTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revoked_token_ends_the_accounts_of_its_caller_at_the_provider(bool isPostgres)
    {
        await using var made = await ConnectGateway.StartAsync(
            database: isPostgres ? await postgres.CreateDatabaseAsync() : null
        );
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        await browser.ConnectAsync(await bob.LinkAsync(), bob.Token);

        await made.Gateway.Client.SendAsync("DELETE", $"/v1/tokens/{ann.Id["token:".Length..]}", status: 204);

        var (outcome, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.remove", "ok");
        Assert.Equal("The caller's API token was revoked. Its provider has ended it.", detail);
        Assert.Single(made.Provider.Requests, request => request.Target == "/revoke");
        Assert.False((await bob.CallAsync()).IsError);
    }

    [Fact]
    public async Task A_provider_that_is_silent_and_then_fails_does_not_hold_up_a_revocation()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        var silence = new TaskCompletionSource();
        (made.Provider.RevocationGate, made.Provider.RevocationStatus) = (silence.Task, 500);

        await made.Gateway.Client.SendAsync("DELETE", $"/v1/tokens/{ann.Id["token:".Length..]}", status: 204);

        Assert.Null(await made.Gateway.TokenAsync(Key(ann.Id)));
        silence.SetResult();
        var (_, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.remove", "ok");
        Assert.Contains("could not be ended at its provider", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_no_call_used_for_long_is_removed_and_one_that_is_used_stays()
    {
        var time = new FrozenTime();
        await using var made = await ConnectGateway.StartAsync(settings: [("ACCOUNT_DAYS", "30")], change: parts =>
            parts with
            {
                Time = time,
            }
        );
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        await browser.ConnectAsync(await bob.LinkAsync(), bob.Token);
        var sweep = made.Gateway.App.Services.GetRequiredService<SignInSweep>();

        time.Advance(TimeSpan.FromDays(29));
        await bob.CallAsync();
        await UsedAsync(made, bob.Id, time.GetUtcNow());
        time.Advance(TimeSpan.FromDays(2));
        await sweep.SweepAsync(Cancelled);

        Assert.Null(await made.Gateway.TokenAsync(Key(ann.Id)));
        Assert.NotNull(await made.Gateway.TokenAsync(Key(bob.Id)));
        var (_, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.remove", "ok");
        Assert.StartsWith("It was not used for long.", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_ends_with_the_api_token_of_its_caller()
    {
        var time = new FrozenTime();
        using var home = new TemporaryFolder();
        await using var api = Manifests.Upstream();
        await using var gateway = await StartAsync(home, change: parts => parts with { Time = time });
        var (token, _) = await gateway
            .App.Services.GetRequiredService<Tokens.TokenStore>()
            .CreateAsync("test", ["user"], TimeSpan.FromDays(1), Cancelled);
        await gateway.ConnectAsync(token.CallerId, "token-of-ann", api.Url);
        time.Advance(TimeSpan.FromDays(2));

        await gateway.App.Services.GetRequiredService<SignInSweep>().SweepAsync(Cancelled);

        Assert.Null(await gateway.TokenAsync(Key(token.CallerId)));
    }

    [Fact]
    public async Task A_renewal_does_not_bring_back_what_is_ended()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await StartAsync(home);
        var key = Key("jwt:i|ann");
        using var signIn = SignIn("first");
        await gateway.SignIns().ConnectAsync(key, signIn, [], Cancelled);
        await gateway
            .App.Services.GetRequiredService<SignInTable>()
            .EndOldAsync(DateTimeOffset.UtcNow.AddDays(1), Cancelled);

        await gateway.SignIns().WriteAsync(key, signIn, Cancelled);

        Assert.Null(await gateway.TokenAsync(key));
    }

    // It is written next to the call.
    private static async Task UsedAsync(ConnectGateway made, string holder, DateTimeOffset when)
    {
        var table = made.Gateway.App.Services.GetRequiredService<SignInTable>();
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while ((await table.FindAsync(Key(holder), guard.Token))!.Used < when.AddSeconds(-1))
            await Task.Delay(10, guard.Token);
    }
}
