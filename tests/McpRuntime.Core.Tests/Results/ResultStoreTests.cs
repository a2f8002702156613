using McpRuntime.Results;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace McpRuntime.Tests.Results;

public sealed class ResultStoreTests : IDisposable
{
    private static readonly ResultOwner Ada = new("ada", null);
    private static readonly ResultOwner Bob = new("bob", null);

    private readonly TemporaryFolder _files = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Only_its_caller_in_its_project_reads_it_until_it_expires()
    {
        using var store = Store(new ResultLimits { Lifetime = TimeSpan.FromMinutes(30) });
        var handle = Add(store, Ada, "hello"u8);
        Assert.Matches("^[0-9a-f]{32}$", handle);
        Assert.Equal("hello"u8, store.Read(handle, Ada)!.Value.Span);
        foreach (var other in new[] { Bob, Ada with { Project = "p" }, new ResultOwner("ADA", null) })
        {
            Assert.Null(store.Find(handle, other));
            Assert.Null(store.Read(handle, other));
        }
        Assert.Null(store.Find(handle.ToUpperInvariant() + "0", Ada));
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(store.Find(handle, Ada));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(store.Find(handle, Ada));
        Assert.Null(store.Read(handle, Ada));
        Assert.Equal((0, 0L), (store.Count, store.Bytes));
    }

    [Fact]
    public void Ten_thousand_results_stay_within_the_bounds_of_memory_disk_and_caller()
    {
        var limits = new ResultLimits
        {
            Most = 200,
            MostOfCaller = 50,
            Bytes = 400_000,
            BytesOfCaller = 100_000,
            BytesInMemory = 50_000,
        };
        using var store = Store(limits);
        var random = new Random(7);
        var last = "";
        for (var i = 0; i < 10_000; i++)
        {
            var caller = new ResultOwner($"caller-{random.Next(20)}", null);
            last = Add(store, caller, new byte[random.Next(1, 8000)]);
            Assert.NotNull(store.Find(last, caller));
            Assert.InRange(store.Count, 1, limits.Most);
            Assert.InRange(store.Bytes, 1, limits.Bytes);
            Assert.InRange(store.BytesInMemory, 0, limits.BytesInMemory);
        }
        var files = new DirectoryInfo(_files.Path).GetFiles("*.bin", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 1, limits.Most);
        Assert.Equal(store.Bytes - store.BytesInMemory, files.Sum(file => file.Length));
    }

    [Fact]
    public void A_caller_that_stores_much_pushes_out_only_its_own()
    {
        using var store = Store(new ResultLimits { Most = 10, MostOfCaller = 9 });
        var kept = Add(store, Bob, "b"u8);
        for (var i = 0; i < 100; i++)
            Add(store, Ada, new byte[1000]);
        Assert.NotNull(store.Find(kept, Bob));
        Assert.Null(store.Add(Ada, "c", "t", "text/plain", new byte[(64 << 20) + 1]));
    }

    [Fact]
    public void Files_are_their_owners_alone_and_gone_with_the_store()
    {
        var limits = new ResultLimits { BytesInMemory = 0 };
        string handle;
        using (var store = Store(limits))
        {
            handle = Add(store, Ada, "secret"u8);
            Assert.Equal("secret"u8, store.Read(handle, Ada)!.Value.Span);
            var file = Assert.Single(new DirectoryInfo(_files.Path).GetFiles("*.bin", SearchOption.AllDirectories));
            Assert.DoesNotContain(handle, file.FullName, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    file.Directory!.UnixFileMode
                );
            }
            File.Delete(file.FullName);
            Assert.Null(store.Read(handle, Ada));
        }
        Assert.Empty(_files.Files());
        using var next = Store(limits);
        Assert.Null(next.Find(handle, Ada));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_what_a_living_one_has_stays()
    {
        var limits = new ResultLimits { BytesInMemory = 0 };
        using var living = Store(limits);
        await living.Cleaned;
        var handle = Add(living, Ada, "mine"u8);
        _files.Write("results/dead/1.bin", "left");
        _files.Write("results/dead.lock", "");
        _files.Write("results/unlocked/1.bin", "left");
        using var next = Store(limits);
        await next.Cleaned;
        Assert.Equal("mine"u8, living.Read(handle, Ada)!.Value.Span);
        Assert.Equal(2, _files.Files().Count);
    }

    [Fact]
    public void Without_a_folder_memory_is_the_bound()
    {
        using var store = new ResultStore(null, NullLogger.Instance, _time, new ResultLimits { BytesInMemory = 10 });
        var first = Add(store, Ada, new byte[10]);
        var second = Add(store, Ada, new byte[1]);
        Assert.Null(store.Find(first, Ada));
        Assert.NotNull(store.Find(second, Ada));
        Assert.Null(store.Add(Ada, "c", "t", "text/plain", new byte[11]));
    }

    private ResultStore Store(ResultLimits limits) => new(_files.PathOf("results"), NullLogger.Instance, _time, limits);

    private static string Add(ResultStore store, ResultOwner owner, ReadOnlySpan<byte> body) =>
        store.Add(owner, "connector", "tool", "text/plain", body)!.Handle;
}
