using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Audit;

/// <summary>
/// Who did what, and how it went. Arguments and answers are not kept: they are the callers' own data.
/// </summary>
/// <param name="Time">When it ended.</param>
/// <param name="Caller">See <see cref="Access.Caller.Id"/>; <c>anonymous</c> without one, <c>cli:USER</c> for the
/// command line.</param>
/// <param name="Action">E.g. <c>tool.call</c> or <c>token.revoke</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome"><c>ok</c>, <c>error</c>, <c>refused</c> or <c>cancelled</c>, with an HTTP status where there
/// is one.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="CorrelationId">Of the request.</param>
/// <param name="Address">Of the client.</param>
internal sealed record AuditEntry(
    DateTimeOffset Time,
    string Caller,
    string Action,
    string Target,
    string Outcome,
    TimeSpan Duration,
    string CorrelationId,
    string Address
)
{
    private const int LongestDetail = 1000;

    /// <summary>The project that it was done in or to; null for the gateway and its folder.</summary>
    public string? Project { get; init; }

    /// <summary>What changed, or why it was refused or failed; empty where the rest says it all.</summary>
    public string Detail { get; init; } = "";

    /// <summary>
    /// Identifies a call of a tool, as its error, the log and the live view do; empty for anything else.
    /// </summary>
    public string CallId { get; init; } = "";

    /// <summary>
    /// The same without what a database cannot keep: PostgreSQL has no NUL in its texts, and UTF-8 no half of a
    /// surrogate pair. Names in requests come from anyone.
    /// </summary>
    public AuditEntry Storable() =>
        IsStorable()
            ? this
            : this with
            {
                Caller = Storable(Caller),
                Action = Storable(Action),
                Target = Storable(Target),
                Outcome = Storable(Outcome),
                CorrelationId = Storable(CorrelationId),
                Address = Storable(Address),
                Project = Project is null ? null : Storable(Project),
                Detail = UntrustedText.Shorten(Storable(Detail), LongestDetail),
            };

    private bool IsStorable() =>
        IsStorable(Caller)
        && IsStorable(Action)
        && IsStorable(Target)
        && IsStorable(Outcome)
        && IsStorable(CorrelationId)
        && IsStorable(Address)
        && IsStorable(Project ?? "")
        && IsStorable(Detail)
        && Detail.Length <= LongestDetail;

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal) && IsUnicode(text);

    private static string Storable(string text)
    {
        if (IsStorable(text))
            return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return storable.ToString();
    }

    private static bool IsUnicode(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        if (first < 0)
            return true;
        for (var i = first; i < text.Length; )
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return false;
            i += rune.Utf16SequenceLength;
        }
        return true;
    }
}
