namespace McpRuntime.Http.Problems;

/// <summary>
/// An error of the gateway in the form of RFC 9457. <see cref="Kind"/> is stable and becomes
/// <c>urn:mcp-runtime:problem:KIND</c>; <see cref="Detail"/> names the thing, the value and what to do, and never a
/// secret.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Kind">Kebab-case name of the kind.</param>
/// <param name="Title">The kind in words, the same for every occurrence.</param>
/// <param name="Detail">This occurrence.</param>
internal sealed record Problem(int Status, string Kind, string Title, string Detail)
{
    /// <summary>Findings of a document or a manifest, all of them.</summary>
    public IReadOnlyList<Diagnostics.Finding> Findings { get; init; } = [];

    /// <summary>
    /// The caller is told what a caller without any access is told, but it was refused; the audit has it.
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>The OAuth scopes that would be enough; null where none would.</summary>
    public string? Scope { get; init; }

    public const string InsufficientScopeKind = "insufficient-scope";

    /// <summary>The caller is known and lacks a role or a right (RFC 6750 section 3.1).</summary>
    public static Problem InsufficientScope(string detail) =>
        new(403, InsufficientScopeKind, "The caller's roles do not allow this", detail);

    public static Problem NotFound(string detail) => new(404, "not-found", "Not found", detail);

    public static Problem Invalid(string detail) => new(400, "invalid-request", "The request is invalid", detail);

    public static Problem Conflict(string detail) =>
        new(409, "conflict", "The current state does not allow this", detail);

    public static Problem Unavailable(string detail) => new(503, "unavailable", "Temporarily unavailable", detail);
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
