using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Problems;

/// <summary>
/// <c>If-Match</c> and <c>If-None-Match</c> of a change (RFC 9110 section 13), so that no one writes over a change that
/// they have not seen.
/// </summary>
internal static class Preconditions
{
    /// <summary>Goes on only where the request's conditions hold for what is there now.</summary>
    /// <param name="request">The change.</param>
    /// <param name="current">Entity tag of what is there; null where there is nothing.</param>
    /// <param name="mustMatch">The change needs If-Match, since it alters or removes what is there (RFC 6585 section
    /// 3).</param>
    /// <exception cref="ProblemException">400, 412 or 428.</exception>
    public static void Check(HttpRequest request, string? current, bool mustMatch)
    {
        var match = Read(request, HeaderNames.IfMatch, request.Headers.IfMatch);
        if (match is not null && !Holds(match, current, useStrongComparison: true))
            throw new ProblemException(Failed(current));
        if (match is null && mustMatch && current is not null)
        {
            throw new ProblemException(
                new(
                    428,
                    "if-match-required",
                    "If-Match is required",
                    "Send If-Match with the ETag of what you read, or '*' for any version."
                )
            );
        }
        var noneMatch = Read(request, HeaderNames.IfNoneMatch, request.Headers.IfNoneMatch);
        if (noneMatch is not null && Holds(noneMatch, current, useStrongComparison: false))
            throw new ProblemException(Failed(current));
    }

    /// <summary>For what has no entity tag: a request that names one was meant for something else.</summary>
    /// <exception cref="ProblemException">400 or 412.</exception>
    public static void CheckUntagged(HttpRequest request)
    {
        var match = Read(request, HeaderNames.IfMatch, request.Headers.IfMatch);
        if (match is not null && !match.Contains(EntityTagHeaderValue.Any))
            throw new ProblemException(Failed(null));
    }

    private static bool Holds(IList<EntityTagHeaderValue> tags, string? current, bool useStrongComparison)
    {
        if (current is null)
            return false;
        var now = EntityTagHeaderValue.Parse(current);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(now, useStrongComparison));
    }

    private static IList<EntityTagHeaderValue>? Read(HttpRequest request, string name, IList<string> header)
    {
        if (!request.Headers.ContainsKey(name))
            return null;
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags) && tags.Count > 0
            ? tags
            : throw new ProblemException(
                Problem.Invalid($"{name} takes entity tags in quotes, as returned in ETag, or '*'.")
            );
    }

    private static Problem Failed(string? current) =>
        current is null
            ? new(412, "changed", "The condition is not met", "The resource does not exist, so If-Match cannot match.")
            : new(
                412,
                "changed",
                "The condition is not met",
                $"Its ETag is {current}. Read it again and repeat the change."
            );
}
