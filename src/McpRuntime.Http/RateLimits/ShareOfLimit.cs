namespace McpRuntime.Http.RateLimits;

/// <summary>
/// This replica's share of one limit. Shares follow demand, and together they are never more than the whole: a replica
/// that needs less lets go at once, one that needs more takes what is free, slowly, since what the others spent of the
/// last minute still counts.
/// </summary>
internal sealed class ShareOfLimit(double first)
{
    // A whole limit in a minute, if nobody else wants it.
    private const double Growth = 1.0 / 60;

    // Of the demand, so that a replica that begins to be asked has something to begin with.
    private const double Reserve = 0.02;

    private const double Weight = 0.3;
    private const double Idle = 0.005;

    private long _asked;
    private double _demand;
    private double _share = first;
    private bool _isAgreed;

    public double Share => Volatile.Read(ref _share);

    /// <summary>Nothing was asked of it for half a minute or so.</summary>
    public bool IsIdle => _demand < Idle && Interlocked.Read(ref _asked) == 0;

    public void Ask() => Interlocked.Increment(ref _asked);

    /// <summary>What to tell the others. By one thread at a time, once a second.</summary>
    public LimitShare Say(string name)
    {
        _demand += Weight * (Interlocked.Exchange(ref _asked, 0) - _demand);
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
        if (!_isAgreed)
            share = Math.Min(share, Math.Max(free, Reserve));
        _isAgreed = true;
        Volatile.Write(
            ref _share,
            fair <= share ? fair : Math.Max(share, Math.Min(Math.Min(fair, share + Growth), free))
        );
    }
}
