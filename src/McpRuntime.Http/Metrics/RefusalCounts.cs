using System.Collections.Concurrent;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Metrics;

/// <summary>
/// Counts requests that were not served for who sent them, how often or when, by the kind of problem: a token that is
/// missing or not accepted, a role that does not suffice, a limit, a gateway that drains.
/// </summary>
internal sealed class RefusalCounts : IProblemObserver
{
    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    public IEnumerable<Sample> Samples => _counts.Select(count => new Sample(count.Value.Value, count.Key));

    public void BeforeWrite(HttpContext context, Problem problem)
    {
        if (problem.IsRefusal || problem.Status is 401 or 403 or 421 or 429 or 503)
            _counts.GetOrAdd(problem.Kind, static _ => new Count()).Add(1);
    }
}
