using McpRuntime.Server;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Answers lists and calls of tools past the protocol library, whose dispatch costs more than the work itself. What the
/// library would refuse, or do otherwise, is left to it.
/// </summary>
internal static class DirectAnswer
{
    /// <summary>Writes the answer; false, with nothing done, where the library has to answer.</summary>
    /// <param name="context">The request; its headers have been checked against the message.</param>
    /// <param name="scope">The endpoint.</param>
    /// <param name="request">The message.</param>
    /// <param name="revision">What the session agreed on, or the request says; null where that is not known.</param>
    /// <param name="sessionId">Null without a session.</param>
    /// <param name="opensPages">The client of the session opens pages for its user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<bool> TryAsync(
        HttpContext context,
        McpScope scope,
        JsonRpcRequest request,
        string? revision,
        string? sessionId,
        bool opensPages,
        CancellationToken cancellationToken
    )
    {
        if (revision is null)
            return false;
        using var line = new PooledBuffer(4096);
        if (
            !await scope.Server.TryAnswerAsync(
                request,
                new RequestOrigin(context.User, revision, sessionId, OpensPages: opensPages),
                line,
                cancellationToken
            )
        )
            return false;
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, line);
        return true;
    }
}
