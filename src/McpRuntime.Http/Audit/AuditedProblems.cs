using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Problems;
using McpRuntime.Http.RateLimits;

namespace McpRuntime.Http.Audit;

/// <summary>
/// Notes what was refused and what failed: changes with any error, and every request that was refused for who sent it
/// or where from. Anyone can be refused any number of times, so refusals of one caller or address are noted 60 times
/// a minute at most; a request without a token is how clients find out that one is needed, and not noted.
/// </summary>
internal sealed class AuditedProblems(AuditLog audit, TimeProvider time) : IProblemObserver
{
    private const int PerMinute = 60;
    private const int LongestPath = 200;

    private readonly CallerLimiter _limiter = new(PerMinute, time);

    /// <summary>Notes a problem that a request is answered with, where it belongs in the audit.</summary>
    public void BeforeWrite(HttpContext context, Problem problem)
    {
        var caller = context.User as Caller;
        var action = context.GetEndpoint() is RouteEndpoint route
            ? AuditedActions.Of(context.Request.Method, route)
            : null;
        var isRefusal =
            problem.IsRefusal
            || problem.Status is 403 or 429
            || (problem.Status == 401 && context.Request.Headers.Authorization.Count > 0);
        if (!isRefusal && (action is null || caller is null || action == "tool.call"))
            return;
        if (isRefusal && !_limiter.TryTake(caller?.Id ?? Address(context), out _))
            return;
        var target = UntrustedText.Shorten(
            UntrustedText.Clean($"{context.Request.Method} {context.Request.Path}"),
            LongestPath
        );
        audit.Add(
            new AuditEntry(
                time.GetUtcNow(),
                caller?.Id ?? "anonymous",
                action ?? AuditedActions.Access,
                target,
                $"{(problem.Status < 500 ? "refused" : "error")} {problem.Status}",
                TimeSpan.Zero,
                CorrelationId.Of(context),
                Address(context)
            )
            {
                Project = context.Request.RouteValues["project"] as string,
                Detail = Explain(problem),
            }
        );
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string Explain(Problem problem)
    {
        var errors = problem.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Take(5);
        return problem.Findings.Count == 0
            ? problem.Detail
            : $"{problem.Detail} {string.Join(" ", errors.Select(finding => finding.Message))}";
    }
}
