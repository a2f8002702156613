using System.Threading.Channels;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>What one gateway of a database tells the others.</summary>
public class ReplicaMessageTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_every_replica_and_its_sender_first()
    {
        var url = await postgres.CreateDatabaseAsync();
        await using var one = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        await using var two = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        var there = Listen(two);
        var here = Listen(one);

        await Messages(one).SendAsync("test", "a", Cancelled);
        Assert.True(here.TryRead(out var own));
        await Messages(one).SendAsync("test", "b", Cancelled);

        Assert.Equal("a", own);
        Assert.Equal(["a", "b"], [await NextAsync(there), await NextAsync(there)]);
        // Its own messages do not come back to it.
        await Messages(two).SendAsync("test", "c", Cancelled);
        Assert.Equal(["b", "c"], [await NextAsync(here), await NextAsync(here)]);
    }

    [Fact]
    public async Task A_message_counts_where_no_notification_came()
    {
        var url = await postgres.CreateDatabaseAsync();
        await using var gateway = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        var there = Listen(gateway);

        await gateway
            .App.Services.GetRequiredService<Database>()
            .ExecuteAsync(
                "INSERT INTO gateway_message (sender, topic, key, sent) VALUES ('other', 'test', 'quiet', @now)",
                Cancelled,
                ("now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
            );

        Assert.Equal("quiet", await NextAsync(there));
    }

    [Fact]
    public async Task After_a_gap_nothing_is_missed()
    {
        var url = await postgres.CreateDatabaseAsync();
        var (proxy, throughProxy) = PausableProxy.Start(url);
        await using var _ = proxy;
        await using var near = await RunningGateway.StartAsync([("DATABASE_URL", url)]);
        await using var cutOff = await RunningGateway.StartAsync([("DATABASE_URL", throughProxy)]);
        var there = Listen(cutOff);
        var here = Listen(near);

        proxy.Pause();
        await Messages(near).SendAsync("test", "missed", Cancelled);
        // It returns although no one answers, and has followed itself.
        await Messages(cutOff).SendAsync("test", "late", Cancelled);
        Assert.Equal("late", await NextAsync(there));
        proxy.Resume();

        Assert.Equal("missed", await NextAsync(here));
        await UntilAsync(here, "late");
        await UntilAsync(there, "missed", ReplicaMessages.Everything);
    }

    [Fact]
    public async Task A_handler_that_fails_keeps_no_other_from_the_message()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Messages(gateway).On("test", (_, _) => throw new IOException("broken"));
        var there = Listen(gateway);

        await Messages(gateway).SendAsync("test", "a", Cancelled);

        Assert.True(there.TryRead(out var key));
        Assert.Equal("a", key);
    }

    [Fact]
    public async Task A_handler_that_was_removed_is_not_called()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var calls = 0;
        var registration = Messages(gateway)
            .On("test", (_, _) =>
            {
                calls++;
                return Task.CompletedTask;
            });

        await Messages(gateway).SendAsync("test", "a", Cancelled);
        registration.Dispose();
        await Messages(gateway).SendAsync("test", "b", Cancelled);

        Assert.Equal(1, calls);
    }

    private static ReplicaMessages Messages(RunningGateway gateway) =>
        gateway.App.Services.GetRequiredService<ReplicaMessages>();

    private static ChannelReader<string> Listen(RunningGateway gateway)
    {
        var keys = Channel.CreateUnbounded<string>();
        Messages(gateway)
            .On("test", (key, cancellationToken) => keys.Writer.WriteAsync(key, cancellationToken).AsTask());
        return keys.Reader;
    }

    private static async Task<string> NextAsync(ChannelReader<string> keys) =>
        await keys.ReadAsync(Cancelled).AsTask().WaitAsync(ProcessRunner.HangGuard, Cancelled);

    private static async Task UntilAsync(ChannelReader<string> keys, params string[] anyOf)
    {
        var key = "";
        while (!anyOf.Contains(key))
            key = await NextAsync(keys);
    }
}
