namespace McpRuntime.Http.Audit;

/// <summary>Who did what, and how it went. Arguments and answers are not kept: they are the callers' own data.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Caller">See <see cref="Access.Caller.Id"/>.</param>
/// <param name="Action">E.g. <c>tool.call</c> or <c>token.revoke</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome"><c>ok</c>, <c>error</c>, <c>refused</c> or an HTTP status of the upstream.</param>
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
    string Address)
{
    /// <summary>The project that it was done in or to; null for the gateway and its folder.</summary>
    public string? Project { get; init; }
}
