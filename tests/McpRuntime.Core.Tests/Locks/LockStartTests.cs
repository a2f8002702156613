using System.Security.Cryptography;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Registry;
using McpRuntime.Locks;
using McpRuntime.Testing;
using McpRuntime.Tests.Server;
using Microsoft.Extensions.Logging;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Locks;

/// <summary>Which cached manifests a start with a lock takes, and that it takes no others.</summary>
public sealed class LockStartTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly ListLogger _log = new();

    private string Lock => _home.PathOf("tools.lock");

    private string Start => _home.PathOf("tools.start");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Cached => Assert.Single(Directory.GetFiles(_home.PathOf("cache"), "*", SearchOption.AllDirectories));

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_second_start_takes_the_reviewed_tools_from_the_cache()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));

        var first = await OpenAsync();
        var second = await OpenAsync();

        Assert.Equal((false, true), (IsCached(first), IsCached(second)));
        Assert.Equal(["get_item", "get_user"], Names(second));
        Assert.Equal(Listed(first), Listed(second));
        Assert.Empty(second.Findings);
        Assert.DoesNotContain(_log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_change_of_any_byte_in_the_cache_is_never_served()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        var listed = Listed(await OpenAsync());
        var whole = await File.ReadAllBytesAsync(Cached, Cancelled);
        var random = new Random(22);
        for (var round = 0; round < 100; round++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(Cached, bytes, Cancelled);

            Assert.Equal(listed, Listed(await OpenAsync()));
        }
    }

    [Fact]
    public async Task A_list_that_is_exchanged_after_the_start_is_not_read()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        var listed = Listed(await OpenAsync());
        // The same content and the same tools, but not what was compared: as if made by hand.
        var other = await OtherCacheAsync(Manifest("shop", "get_item"), "Does get_item", "Sends it all");
        var running = await OpenAsync();
        Assert.True(IsCached(running));

        await File.WriteAllBytesAsync(Cached, other, Cancelled);

        Assert.NotEqual(listed, Listed(await OpenAsync(isLocked: false)));
        Assert.Equal(listed, Listed(running));
    }

    [Fact]
    public async Task A_manifest_that_changed_is_compared_and_refused_in_words()
    {
        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        await OpenAsync();
        using var running = Registry();
        Assert.True(IsCached(await running.ReloadAsync(Cancelled)));

        Write(Manifest("shop", "get_item", "get_user").Replace("Does get_user", "Does all", StringComparison.Ordinal));
        var reloaded = await running.ReloadAsync(Cancelled);
        var started = await OpenAsync();

        Assert.Equal(["get_item", "get_user"], Names(reloaded));
        Assert.Equal("Does get_user.", reloaded.Tools.Tools[1].Tool.Description);
        Assert.Contains(reloaded.Findings, finding => finding.RuleId == LockRules.Tool);
        Assert.Equal(["get_item"], Names(started));
        Assert.Contains(
            "description was 'Does get_user.' and is 'Does all.'",
            Assert.Single(started.Findings).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_lock_counts_at_once()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        await OpenAsync();
        using var running = Registry();
        Assert.True(IsCached(await running.ReloadAsync(Cancelled)));

        new LockUpdate(ToolLock.Of(Lock, []), IsNew: true, []).Save();

        Assert.Empty(Names(await running.ReloadAsync(Cancelled)));
        Assert.Empty(Names(await OpenAsync()));
        Assert.Contains(_log.Entries, entry => entry.Text.Contains("another state of the lock"));
    }

    [Fact]
    public async Task A_running_process_follows_what_is_reviewed_anew()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        await OpenAsync();
        using var running = Registry();
        Assert.True(IsCached(await running.ReloadAsync(Cancelled)));

        await ReviewAsync(Manifest("shop", "get_item", "get_user"));
        var reloaded = await running.ReloadAsync(Cancelled);
        await running.Kept.WaitAsync(ProcessRunner.HangGuard, Cancelled);

        Assert.Equal(["get_item", "get_user"], Names(reloaded));
        Assert.True(IsCached(await OpenAsync()));
        Assert.DoesNotContain(_log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("\"build\": \"", "\"build\": \"0", "was made by another version of the program")]
    [InlineData("\"lock\": \"sha256:", "\"lock\": \"sha256:0", "was made for another state of the lock")]
    [InlineData("\"lock_start_version\": 1", "\"lock_start_version\": 2", "cannot be read: its lock_start_version")]
    [InlineData("\"lock\":", "\"look\":", "cannot be read: ")]
    [InlineData("}", "", "cannot be read: ")]
    [InlineData(null, null, "does not exist")]
    public async Task Without_one_for_this_program_and_lock_all_is_compared(string? text, string? now, string why)
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        await OpenAsync();
        if (text is null)
            File.Delete(Start);
        else
            File.WriteAllText(Start, File.ReadAllText(Start).Replace(text, now, StringComparison.Ordinal));

        var started = await OpenAsync();

        Assert.False(IsCached(started));
        Assert.Equal(["get_item"], Names(started));
        Assert.Empty(started.Findings);
        Assert.Contains(_log.Entries, entry => entry.Text.Contains($"{Start} {why}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_not_reviewed_is_in_no_start()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        Write(Manifest("shop", "get_all"));
        _home.Write("connectors/other.yaml", Manifest("other", "get_other"));

        await SaveAsync("other");
        await OpenAsync();
        var started = await OpenAsync();

        Assert.Equal(["get_other"], Names(started));
        Assert.True(IsCached(started));
        Assert.Equal(["other"], LockStartFile.Read(Start, out _)!.Connectors.Keys);
    }

    [Fact]
    public async Task What_was_reviewed_of_a_project_counts_nowhere_else()
    {
        await ReviewAsync(Manifest("shop", "get_item"));
        await OpenAsync();
        var reviewed = LockFile.Read(Lock).Connectors["shop"];
        new LockUpdate(
            new ToolLock(Lock, new Dictionary<string, LockedConnector> { ["team/shop"] = reviewed }),
            IsNew: true,
            []
        ).Save();
        var start = LockStartFile.Read(Start, out _)!;
        var connectors = new Dictionary<string, CachedConnector> { ["team/shop"] = start.Connectors["shop"] };
        LockStartFile.Write(Start, start with { LockHash = LockFile.Read(Lock).Hash!, Connectors = connectors });

        var started = await OpenAsync();

        Assert.Empty(Names(started));
        Assert.Equal(LockRules.Connector, Assert.Single(started.Findings).RuleId);
    }

    private static bool IsCached(ConnectorSnapshot snapshot) =>
        snapshot.Connectors.All(connector => connector.Manifest.Tools is IKnownTools);

    private static IEnumerable<string> Names(ConnectorSnapshot snapshot) =>
        snapshot.Tools.Tools.Select(tool => tool.Name);

    private static string Listed(ConnectorSnapshot snapshot) =>
        string.Join(
            '\n',
            snapshot.Tools.Tools.Select(tool =>
                Convert.ToHexString(
                    SHA256.HashData(ToolEntries.Of(tool.Connector, withOutputSchemas: false).Of(tool).Span)
                )
            )
        );

    private ConnectorRegistry Registry(bool isLocked = true) =>
        new(
            new ConnectorRegistryOptions
            {
                Folder = _home.PathOf("connectors"),
                CacheFolder = _home.PathOf("cache"),
                LockFile = isLocked ? Lock : null,
                LockStartFile = Start,
            },
            _log.CreateLogger<ConnectorRegistry>()
        );

    // As a process does: what was read is kept before it ends.
    private async Task<ConnectorSnapshot> OpenAsync(bool isLocked = true)
    {
        using var registry = Registry(isLocked);
        var snapshot = await registry.ReloadAsync(Cancelled);
        await registry.Kept.WaitAsync(ProcessRunner.HangGuard, Cancelled);
        return snapshot;
    }

    // What an honest program keeps of another text, under the key of the one that is there.
    private async Task<byte[]> OtherCacheAsync(string manifest, string text, string other)
    {
        var file = Cached;
        var honest = await File.ReadAllBytesAsync(file, Cancelled);
        Write(manifest.Replace(text, other, StringComparison.Ordinal));
        await OpenAsync(isLocked: false);
        var made = Directory.GetFiles(Path.GetDirectoryName(file)!).Single(path => path != file);
        var bytes = await File.ReadAllBytesAsync(made, Cancelled);
        File.Delete(made);
        Write(manifest);
        return CacheFiles.WithKeyOf(bytes, honest);
    }

    private void Write(string manifest) => _home.Write("connectors/shop.yaml", manifest);

    private Task ReviewAsync(string manifest)
    {
        Write(manifest);
        return SaveAsync(connector: null);
    }

    private async Task SaveAsync(string? connector)
    {
        var settings = new RuntimeSettings
        {
            ConnectorsFolder = _home.PathOf("connectors"),
            DataFolder = _home.PathOf("data"),
            CacheFolder = _home.PathOf("cache"),
            LockStartFile = Start,
        };
        var update = await LockUpdate.PrepareAsync(settings, Lock, connector, projects: null, Cancelled);
        update.Save();
    }
}
