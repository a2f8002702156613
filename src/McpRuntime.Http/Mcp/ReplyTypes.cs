using Microsoft.Net.Http.Headers;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Which of the two media types of a reply a client takes (RFC 9110 section 12.5.1): without an Accept field both, and
/// of ranges the most specific one counts.
/// </summary>
/// <param name="Json">application/json.</param>
/// <param name="Events">text/event-stream.</param>
internal sealed record ReplyTypes(bool Json, bool Events)
{
    private static readonly ReplyTypes Both = new(true, true);

    /// <summary>
    /// What the request's Accept fields say. Media types are kept with the request unless both are taken.
    /// </summary>
    public static ReplyTypes Of(HttpContext context)
    {
        var accept = context.Request.Headers.Accept;
        // What the official clients send.
        if (
            accept.Count == 0
            || (accept.Count == 1 && (accept[0] is null or "" or "application/json, text/event-stream"))
        )
            return Both;
        if (!MediaTypeHeaderValue.TryParseList(accept!, out var ranges))
            return new ReplyTypes(false, false);
        var types = new ReplyTypes(Takes(ranges, "application", "json"), Takes(ranges, "text", "event-stream"));
        if (types is not { Json: true, Events: true })
            context.Features.Set(types);
        return types;
    }

    /// <summary>True where the client takes no JSON; <see cref="Of"/> was asked before.</summary>
    public static bool IsEventsOnly(HttpContext context) => context.Features.Get<ReplyTypes>() is { Json: false };

    /// <summary>True where the client takes no stream.</summary>
    public static bool IsJsonOnly(HttpContext context) => context.Features.Get<ReplyTypes>() is { Events: false };

    private static bool Takes(IList<MediaTypeHeaderValue> ranges, string type, string subtype)
    {
        var (best, takes) = (-1, false);
        foreach (var range in ranges)
        {
            var specificity =
                range.MatchesAllTypes ? 0
                : !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? -1
                : range.MatchesAllSubTypes ? 1
                : range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? 2
                : -1;
            if (specificity <= best)
                continue;
            (best, takes) = (specificity, range.Quality is not 0);
        }
        return takes;
    }
}
