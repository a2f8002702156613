namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Names in a path template that stand for several segments: RFC 6570's <c>{+path}</c> and <c>{/path*}</c>, the
/// <c>{path+}</c> of API gateways, the <c>{path*}</c>, <c>{*path}</c> and <c>{path:path}</c> of routers, and
/// <c>{name=projects/*}</c> of HTTP transcoding. A regular expression after a colon is none of them: routers differ in
/// whether it sees slashes.
/// </summary>
internal static class CatchAll
{
    internal static bool Is(string name) =>
        name.Length > 1
        && (
            IsTranscoding(name)
            || (
                name.Contains(':', StringComparison.Ordinal)
                    ? name.EndsWith(":path", StringComparison.Ordinal)
                    : name[0] is '+' or '*' || name[^1] is '+' or '*'
            )
        );

    private static bool IsTranscoding(string name)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && name.AsSpan(equals).ContainsAny('*', '/');
    }
}
