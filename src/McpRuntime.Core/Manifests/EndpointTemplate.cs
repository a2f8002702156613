using System.Diagnostics.CodeAnalysis;

namespace McpRuntime.Manifests;

/// <summary>
/// The parts of <c>METHOD /path/{name}?a=b#c</c>. The query is sent with every call; the fragment only tells two
/// operations on one path apart and is never sent.
/// </summary>
public sealed record EndpointTemplate(string Method, string Path, string? Query, string? Fragment)
{
    /// <summary>
    /// Splits an endpoint; false where it is not <c>METHOD /path</c> (such as the dotted endpoints of version 1).
    /// </summary>
    public static bool TryParse(string endpoint, [NotNullWhen(true)] out EndpointTemplate? template)
    {
        template = null;
        var space = endpoint.IndexOf(' ', StringComparison.Ordinal);
        if (
            space <= 0
            || space + 1 >= endpoint.Length
            || endpoint[space + 1] != '/'
            || !IsMethod(endpoint.AsSpan(0, space))
        )
            return false;
        var rest = endpoint[(space + 1)..];
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? null : rest[(hash + 1)..];
        if (hash >= 0)
            rest = rest[..hash];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? null : rest[(question + 1)..];
        if (question >= 0)
            rest = rest[..question];
        template = new EndpointTemplate(endpoint[..space], rest, query, fragment);
        return true;
    }

    /// <summary>The names in the braces of the path, in their order; a name may come more than once.</summary>
    public IEnumerable<string> PathNames()
    {
        for (var open = Path.IndexOf('{', StringComparison.Ordinal); open >= 0; )
        {
            var close = Path.IndexOf('}', open);
            if (close < 0)
                yield break;
            yield return Path[(open + 1)..close];
            open = Path.IndexOf('{', close);
        }
    }

    // RFC 9110 section 9.1: a method is a token.
    private static bool IsMethod(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
                return false;
        }
        return true;
    }
}
