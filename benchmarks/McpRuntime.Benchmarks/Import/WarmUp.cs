using System.Diagnostics;
using System.Runtime;

namespace McpRuntime.Benchmarks.Import;

/// <summary>
/// Knows when code is warm: when the runtime has compiled nothing any more for a while. It compiles what runs often
/// twice over, in the background and not before it has been quiet for a tenth of a second.
/// </summary>
internal sealed class WarmUp
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _all = Stopwatch.StartNew();
    private readonly Stopwatch _sinceCompiled = Stopwatch.StartNew();
    private long _compiled;

    /// <summary>To be asked after each round.</summary>
    public bool IsOver()
    {
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: false);
        if (compiled != _compiled)
        {
            _compiled = compiled;
            _sinceCompiled.Restart();
        }
        return _sinceCompiled.Elapsed >= Quiet || _all.Elapsed >= Longest;
    }
}
