using McpRuntime.Connectors.Registry;
using McpRuntime.Locks;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Locks;

/// <summary>A folder of connectors that is served by a lock, from start to start and over reloads.</summary>
public sealed class LockedFolderTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private string Folder => _home.PathOf("connectors");

    private string Lock => _home.PathOf("tools.lock");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_running_process_goes_on_with_what_it_has_loaded_and_a_new_one_lacks_it()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        using var running = Open();
        await running.ReloadAsync(Cancelled);

        Write(Manifest("shop", "get_item", "get_user").Replace("Does get_user", "Does all", StringComparison.Ordinal));
        var reloaded = await running.ReloadAsync(Cancelled);

        Assert.Equal(["get_item", "get_user"], Names(reloaded));
        Assert.True(Assert.Single(reloaded.Connectors).IsOutdated);
        Assert.Equal("Does get_user.", reloaded.Tools.Tools[1].Tool.Description);
        Assert.Contains(reloaded.Findings, finding => finding.RuleId == LockRules.Tool);
        using var started = Open();
        var fresh = await started.ReloadAsync(Cancelled);
        Assert.Equal(["get_item"], Names(fresh));
        Assert.Contains(
            "description was 'Does get_user.' and is 'Does all.'",
            Assert.Single(fresh.Findings).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_tool_that_is_new_is_missing_and_the_others_follow_the_file()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        using var running = Open();
        await running.ReloadAsync(Cancelled);

        Write(Manifest("shop", "get_item", "get_all"));
        var reloaded = await running.ReloadAsync(Cancelled);

        Assert.Equal(["get_item"], Names(reloaded));
    }

    [Fact]
    public async Task What_is_reviewed_anew_is_served_without_a_restart()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        using var running = Open();
        await running.ReloadAsync(Cancelled);
        Write(Manifest("shop", "get_item", "get_user"));
        Assert.Equal(["get_item"], Names(await running.ReloadAsync(Cancelled)));

        await ReviewAsync(Manifest("shop", "get_item", "get_user"));

        var reloaded = await running.ReloadAsync(Cancelled);
        Assert.Equal(["get_item", "get_user"], Names(reloaded));
        Assert.Empty(reloaded.Findings);
    }

    [Fact]
    public async Task What_is_taken_out_of_the_lock_is_no_longer_served()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        using var running = Open();
        await running.ReloadAsync(Cancelled);

        new LockUpdate(ToolLock.Of(Lock, []), IsNew: true, []).Save();

        Assert.Empty(Names(await running.ReloadAsync(Cancelled)));
    }

    [Fact]
    public async Task Without_a_lock_that_can_be_read_nothing_is_served()
    {
        Write(Manifest("shop", "get_item"));
        using var missing = Open();
        var snapshot = await missing.ReloadAsync(Cancelled);
        Assert.Empty(snapshot.Connectors);
        Assert.Equal(LockRules.Unreadable, Assert.Single(snapshot.Findings).RuleId);

        await ReviewAsync(Manifest("shop", "get_item"));
        Assert.Equal(["get_item"], Names(await missing.ReloadAsync(Cancelled)));

        // One that breaks later stays as it was.
        File.WriteAllText(Lock, "broken");
        var broken = await missing.ReloadAsync(Cancelled);
        Assert.Equal(["get_item"], Names(broken));
        Assert.Equal(LockRules.Unreadable, Assert.Single(broken.Findings).RuleId);
    }

    private static IEnumerable<string> Names(McpRuntime.Connectors.ConnectorSnapshot snapshot) =>
        snapshot.Tools.Tools.Select(tool => tool.Name);

    private ConnectorRegistryOptions Options =>
        new()
        {
            Folder = Folder,
            LockFile = Lock,
            CacheFolder = _home.PathOf("cache"),
        };

    private ConnectorRegistry Open() => new(Options, NullLogger<ConnectorRegistry>.Instance);

    private void Write(string manifest) => _home.Write("connectors/shop.yaml", manifest);

    private async Task ReviewAsync(string manifest)
    {
        Write(manifest);
        using var all = new ConnectorRegistry(
            Options with
            {
                LockFile = null,
                CacheFolder = null,
            },
            NullLogger<ConnectorRegistry>.Instance
        );
        var snapshot = await all.ReloadAsync(Cancelled);
        new LockUpdate(
            ToolLock.Of(Lock, snapshot.Connectors.Select(connector => connector.Manifest)),
            IsNew: true,
            []
        ).Save();
    }
}
