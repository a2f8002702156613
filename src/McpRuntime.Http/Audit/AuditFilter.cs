using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Audit;

/// <summary>
/// Which entries of the audit a request asks for, by its query: a condition on the columns, and never more than the
/// <see cref="AuditScope"/> of the caller.
/// </summary>
internal sealed class AuditFilter
{
    private static readonly string[] Names =
    [
        "caller",
        "action",
        "call",
        "project",
        "connector",
        "tool",
        "outcome",
        "since",
        "until",
    ];
    private static readonly string[] Outcomes = ["ok", "error", "refused", "cancelled"];

    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    private AuditFilter(AuditScope scope)
    {
        _conditions.Add(scope.Condition);
        _parameters.AddRange(scope.Parameters);
    }

    /// <summary>For WHERE.</summary>
    public string Condition => string.Join(" AND ", _conditions);

    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    /// <summary>What is asked for, in words, for the audit of an export; empty for everything.</summary>
    public string Description { get; private init; } = "";

    /// <summary>Every entry.</summary>
    public static AuditFilter Everything { get; } = new(AuditScope.All);

    /// <param name="query">
    /// <c>caller</c>, <c>action</c>, <c>call</c> and <c>project</c> as they are in the entries (an empty project: the
    /// gateway and its folder); <c>connector</c> and <c>tool</c> by the name in the manifest; <c>outcome</c> is the
    /// first word of the entry's; <c>since</c> and <c>until</c> (excluded) are times of RFC 3339.
    /// </param>
    /// <param name="scope">What the caller may read.</param>
    /// <exception cref="ProblemException">A value is not of its kind.</exception>
    public static AuditFilter Read(IQueryCollection query, AuditScope scope)
    {
        var values = query.Where(value => value.Key is not ("limit" or "before")).ToList();
        // A misspelt filter would give everything, and look as if it were the answer.
        if (values.Find(value => !Names.Contains(value.Key)).Key is { } unknown)
            throw new ProblemException(
                Problem.Invalid(
                    $"'{UntrustedText.Clean(unknown)}' in the query is unknown; the audit is filtered by "
                        + $"{string.Join(", ", Names)}."
                )
            );
        var filter = new AuditFilter(scope)
        {
            Description = string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")),
        };
        filter.Equal("caller", query["caller"]);
        filter.Equal("action", query["action"]);
        filter.Equal("call_id", query["call"]);
        if (query.TryGetValue("project", out var project))
        {
            if (project.ToString().Length > 0)
                filter.Equal("project", project);
            else
                filter._conditions.Add("project IS NULL");
        }
        filter.Target(query["connector"].ToString(), query["tool"].ToString());
        if (query["outcome"].ToString() is { Length: > 0 } outcome)
            filter.Outcome(outcome);
        filter.Time("since", ">=", query["since"].ToString());
        filter.Time("until", "<", query["until"].ToString());
        return filter;
    }

    private void Equal(string column, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _conditions.Add($"{column} = @{Add(value)}");
    }

    // A target is '[project/]connector:tool' for calls, '[project/]connector' for changes of a connector, and followed
    // by the scheme for its accounts.
    private void Target(string connector, string tool)
    {
        if (tool.Length > 0)
            _conditions.Add($"(action = 'tool.call' AND target LIKE @{Like("%:", tool, "")} ESCAPE '!')");
        if (connector.Length == 0)
            return;
        string[] before = ["", "%/"];
        string[] after = ["", ":%", " %"];
        var patterns = before.SelectMany(start =>
            after.Select(end => $"target LIKE @{Like(start, connector, end)} ESCAPE '!'")
        );
        _conditions.Add($"({string.Join(" OR ", patterns)})");
    }

    // With its status: 'refused 403' is a refusal.
    private void Outcome(string outcome)
    {
        if (!Outcomes.Contains(outcome))
            throw new ProblemException(
                Problem.Invalid($"'outcome' in the query must be one of {string.Join(", ", Outcomes)}.")
            );
        _conditions.Add($"(outcome = @{Add(outcome)} OR outcome LIKE @{Add(outcome + " %")})");
    }

    private void Time(string name, string comparison, string text)
    {
        if (text.Length == 0)
            return;
        if (
            !DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
        )
            throw new ProblemException(
                Problem.Invalid($"'{name}' in the query must be a time such as 2026-11-30T09:00:00Z.")
            );
        _conditions.Add($"time {comparison} @{Add(time.ToUnixTimeMilliseconds())}");
    }

    private string Like(string before, string text, string after) =>
        Add(
            before
                + text.Replace("!", "!!", StringComparison.Ordinal)
                    .Replace("%", "!%", StringComparison.Ordinal)
                    .Replace("_", "!_", StringComparison.Ordinal)
                + after
        );

    private string Add(object value)
    {
        var name = $"by{_parameters.Count}";
        _parameters.Add((name, value));
        return name;
    }
}
