namespace McpRuntime.Http.RateLimits;

/// <summary>
/// This replica's share of one limit. Shares follow demand, and together they are never more than the whole: a replica
/// that needs less lets go at once, one that needs more takes what is free, slowly, since what the others spent of the
/// last minute still counts. Who is asked alone from the beginning has nearly all after two seconds.
/// </summary>
internal sealed class ShareOfLimit(double first)
{
    // A whole limit in a minute, if nobody else wants it.
    private const double Growth = 1.0 / 60;

    // Of the demand, so that a replica that begins to be asked has something to begin with.
    private const double Reserve = 0.02;

    private const double Weight = 0.3;

    // As long as what was spent counts.
    private const int SecondsUntilIdle = 60;

    private long _asked;
    private double _demand;
    private double _share = first;
    private int _quiet;
    private int _agreed;
    private int _alone;

    public double Share => Volatile.Read(ref _share);

    /// <summary>Nothing was asked of it for a minute.</summary>
    public bool IsIdle => _quiet >= SecondsUntilIdle && Interlocked.Read(ref _asked) == 0;

    public void Ask() => Interlocked.Increment(ref _asked);

    /// <summary>What to tell the others. By one thread at a time, once a second.</summary>
    public LimitShare Say(string name)
    {
        var asked = Interlocked.Exchange(ref _asked, 0);
        _quiet = asked == 0 ? _quiet + 1 : 0;
        _demand += Weight * (asked - _demand);
        return new LimitShare(name, _demand, Share);
    }

    /// <summary>Agrees with what the others said. By one thread at a time.</summary>
    public void Agree(IEnumerable<LimitShare> others, int replicas)
    {
        double demand = 0,
            taken = 0;
        foreach (var other in others)
        {
            demand += other.Demand;
            taken += other.Share;
        }
        var all = demand + _demand;
        if (all <= 0)
            return;
        var reserve = all * Reserve;
        var fair = (_demand + reserve) / (all + (reserve * replicas));
        var free = Math.Max(1 - taken, 0);
        var share = Share;
        // What it began with was a guess; the others may have had the limit before.
        if (_agreed == 0)
            share = Math.Min(share, Math.Max(free, Reserve));
        _agreed = Math.Min(_agreed + 1, 3);
        if (taken == 0)
            _alone++;
        // Another one that began in the same second is seen the second time; nobody else spent anything.
        var growth = _agreed == 2 && _alone == 2 ? 1 : Growth;
        Volatile.Write(
            ref _share,
            fair <= share ? fair : Math.Max(share, Math.Min(Math.Min(fair, share + growth), free))
        );
    }
}
