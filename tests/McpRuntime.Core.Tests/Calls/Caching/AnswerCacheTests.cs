using McpRuntime.Calls.Caching;
using McpRuntime.Calls.Sending;
using McpRuntime.Network;

namespace McpRuntime.Tests.Calls.Caching;

/// <summary>The bounds of the cache, and whose answers go.</summary>
public class AnswerCacheTests
{
    private static readonly CacheLimits Limits = new() { Most = 8, Bytes = 64 * 1024 };

    [Fact]
    public void A_caller_keeps_a_quarter_and_the_least_recently_used_goes_first()
    {
        var cache = new AnswerCache(Limits);
        Put(cache, Key("ann", "1"));
        Put(cache, Key("ann", "2"));
        Assert.NotNull(cache.Find(Key("ann", "1")));
        Put(cache, Key("bob", "1"));
        Put(cache, Key("ann", "3"));
        Assert.NotNull(cache.Find(Key("ann", "1")));
        Assert.Null(cache.Find(Key("ann", "2")));
        Assert.NotNull(cache.Find(Key("ann", "3")));
        Assert.NotNull(cache.Find(Key("bob", "1")));
    }

    [Fact]
    public void All_callers_stay_within_the_number_of_all()
    {
        var cache = new AnswerCache(Limits);
        for (var i = 0; i < 100; i++)
            Put(cache, Key($"caller {i}", "1"));
        Assert.Equal(Limits.Most, cache.Count);
        Assert.Null(cache.Find(Key("caller 91", "1")));
        Assert.NotNull(cache.Find(Key("caller 92", "1")));
    }

    [Fact]
    public void Bytes_of_a_caller_and_of_all_are_bounded()
    {
        var cache = new AnswerCache(new CacheLimits { Bytes = 64 * 1024 });
        for (var i = 0; i < 20; i++)
            Put(cache, Key("ann", $"{i}"), bytes: 7 * 1024);
        Assert.Equal(2, cache.Count);
        for (var i = 0; i < 20; i++)
            Put(cache, Key($"caller {i}", "1"), bytes: 7 * 1024);
        Assert.Equal(8, cache.Count);
        Put(cache, Key("large", "1"), bytes: 16 * 1024);
        Assert.Null(cache.Find(Key("large", "1")));
        Assert.Equal(8, cache.Count);
    }

    [Fact]
    public void An_answer_that_takes_the_place_of_its_older_self_counts_once()
    {
        var cache = new AnswerCache(Limits);
        Put(cache, Key("ann", "2"));
        for (var i = 0; i < 10; i++)
            Put(cache, Key("ann", "1"));
        Assert.NotNull(cache.Find(Key("ann", "2")));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void A_change_drops_the_answers_of_its_owner_and_those_on_their_way()
    {
        var cache = new AnswerCache(Limits);
        var key = Key("ann", "1");
        var elsewhere = new CacheKey(key.Owner with { Project = "other" }, "1");
        Put(cache, key);
        Put(cache, elsewhere);
        var before = cache.ChangesOf(key.Owner);
        cache.Drop(key.Owner);
        Assert.Null(cache.Find(key));
        Assert.NotNull(cache.Find(elsewhere));
        cache.Put(key, Answer(), before);
        Assert.Null(cache.Find(key));
        Put(cache, key);
        Assert.NotNull(cache.Find(key));
    }

    private static CacheKey Key(string caller, string digest) => new(new CacheOwner(caller, null, "api"), digest);

    private static void Put(AnswerCache cache, CacheKey key, int bytes = 10) =>
        cache.Put(key, Answer(bytes), cache.ChangesOf(key.Owner));

    private static KeptAnswer Answer(int bytes = 10) =>
        new(
            new UpstreamResponse
            {
                Status = 200,
                Body = new byte[bytes],
                Reuse = new ReuseFields(),
            },
            AddressPolicy.PublicOnly,
            0,
            TimeProvider.System
        );
}
