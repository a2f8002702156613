using McpRuntime.Http.RateLimits;

namespace McpRuntime.Http.Tests.RateLimits;

/// <summary>How replicas divide a limit among them.</summary>
public class ShareOfLimitTests
{
    [Fact]
    public void Replicas_that_are_asked_alike_have_equal_shares()
    {
        var replicas = Replicas(3);

        for (var second = 0; second < 60; second++)
        {
            Turn(replicas, 10, 10, 10);
            Assert.All(replicas, replica => Assert.InRange(replica.Share, 0.3, 0.34));
        }
    }

    [Fact]
    public void A_replica_that_is_asked_alone_from_the_beginning_has_nearly_all_after_two_seconds()
    {
        var alone = new ShareOfLimit(0.5);

        Turn([alone], 20);
        Assert.InRange(alone.Share, 0.5, 0.52);
        Turn([alone], 20);

        Assert.InRange(alone.Share, 0.97, 1);
    }

    [Fact]
    public void A_replica_that_was_not_asked_for_a_minute_is_forgotten()
    {
        var replica = new ShareOfLimit(0.5);
        Turn([replica], 1);

        for (var second = 0; second < 59; second++)
            Turn([replica], 0);
        Assert.False(replica.IsIdle);
        Turn([replica], 0);
        Assert.True(replica.IsIdle);
        replica.Ask();

        Assert.False(replica.IsIdle);
    }

    [Fact]
    public void A_replica_that_is_asked_alone_later_gets_nearly_all_within_a_minute()
    {
        var replicas = Replicas(2);

        for (var second = 0; second < 60; second++)
        {
            Turn(replicas, 20, 0);
            Assert.True(replicas.Sum(replica => replica.Share) <= 1.0001);
        }

        Assert.InRange(replicas[0].Share, 0.95, 1);
        // What is left lets the other begin.
        Assert.InRange(replicas[1].Share, 0.001, 0.05);
    }

    [Fact]
    public void Shares_that_move_are_never_more_than_the_whole()
    {
        var replicas = Replicas(2);

        for (var second = 0; second < 240; second++)
        {
            // First one, then the other, then both.
            var (one, two) = second switch
            {
                < 80 => (50, 0),
                < 160 => (0, 50),
                _ => (5, 45),
            };
            Turn(replicas, one, two);
            Assert.True(replicas.Sum(replica => replica.Share) <= 1.0001);
        }

        Assert.InRange(replicas[0].Share, 0.09, 0.13);
        Assert.InRange(replicas[1].Share, 0.85, 0.91);
    }

    [Fact]
    public void A_replica_that_comes_late_takes_nothing_from_who_has_all()
    {
        var first = new ShareOfLimit(1);
        Turn([first], 20);
        var late = new ShareOfLimit(0.5);

        Turn([first, late], 20, 1);

        Assert.True(first.Share + late.Share <= 1.0001);
        Assert.InRange(late.Share, 0.001, 0.1);
    }

    [Fact]
    public void The_share_of_a_replica_that_is_gone_is_free()
    {
        var replicas = Replicas(2);
        Turn(replicas, 10, 10);

        for (var second = 0; second < 60; second++)
            Turn([replicas[0]], 10);

        Assert.InRange(replicas[0].Share, 0.97, 1);
    }

    private static ShareOfLimit[] Replicas(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new ShareOfLimit(1.0 / count))];

    // Each replica's turn comes after the others', as it does with the database.
    private static void Turn(ShareOfLimit[] replicas, params int[] asked)
    {
        for (var i = 0; i < replicas.Length; i++)
        {
            for (var request = 0; request < asked[i]; request++)
                replicas[i].Ask();
        }
        var said = replicas.Select(replica => replica.Say("limit")).ToArray();
        for (var i = 0; i < replicas.Length; i++)
        {
            replicas[i].Agree(said.Where((_, other) => other != i), replicas.Length);
            said[i] = said[i] with { Share = replicas[i].Share };
        }
    }
}
