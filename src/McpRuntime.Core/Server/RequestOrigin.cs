using System.Diagnostics;
using System.Security.Claims;
using McpRuntime.Calls.Answers;

namespace McpRuntime.Server;

/// <summary>Where a request for tools comes from.</summary>
/// <param name="User">Who was authenticated; null where no one is.</param>
/// <param name="Revision">The revision of MCP that the request is of; null where it is none of MCP, or not known
/// yet.</param>
/// <param name="SessionId">The MCP session; null where there is none.</param>
/// <param name="Trace">The client's span, of <c>_meta.traceparent</c>; default for none.</param>
/// <param name="IsProgram">Answers are for a program, not for a model: <see cref="AnswerMeta.Whole"/>.</param>
/// <param name="HasBuiltIns">The front end serves the server's own tools too.</param>
/// <param name="OpensPages">The client opens a <see cref="UserPage"/> for its user.</param>
/// <param name="Reply">What the user said of one, where the request is sent again for it.</param>
public readonly record struct RequestOrigin(
    ClaimsPrincipal? User,
    string? Revision = null,
    string? SessionId = null,
    ActivityContext Trace = default,
    bool IsProgram = false,
    bool HasBuiltIns = true,
    bool OpensPages = false,
    UserReply Reply = UserReply.None
);
