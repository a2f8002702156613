using System.Diagnostics;
using McpRuntime.Calls.Options;

namespace McpRuntime.Calls.Recording;

/// <summary>One call of a tool: who makes it, through what, and in which trace. Each call has its own.</summary>
public class CallContext
{
    // Asked of the system once; a process has one.
    private static readonly string ProcessUser = Environment.UserName;

    /// <summary>
    /// Identifies the call in errors, log, audit, spans and live view, and to the API as <c>X-Request-Id</c>: 12
    /// hexadecimal digits.
    /// </summary>
    public string CallId { get; } = Random.Shared.GetHexString(12, lowercase: true);

    /// <summary>Who calls, as the audit names them; the user of the process by default.</summary>
    public string Caller { get; init; } = ProcessUser;

    /// <summary>Which of several accounts it uses; null for what the server or the manifest chose.</summary>
    public string? Profile { get; init; }

    /// <summary>
    /// The caller of a gateway, whose own sign-ins are used where the manifest says <c>per_caller</c>; null elsewhere.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>IP address of the client; null where there is none.</summary>
    public string? Address { get; init; }

    /// <summary>Identifies the HTTP request that the call came with; null where there is none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// How the request came, as OpenTelemetry's <c>network.transport</c> has it: <c>pipe</c> or <c>tcp</c>; null for a
    /// call of this process itself.
    /// </summary>
    public string? Transport { get; init; }

    /// <summary>The revision of MCP that the request is of; null where it is none of MCP.</summary>
    public string? Revision { get; init; }

    /// <summary>The MCP session; null where there is none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The span of the client that the call belongs to; default for the current one.</summary>
    public ActivityContext Parent { get; init; }

    /// <summary>Is told what the call does; null for no one.</summary>
    public ICallObserver? Observer { get; set; }

    /// <summary>A call that waits for the end of an operation that the API only accepts.</summary>
    /// <param name="most">How long at most, bounded by <c>MCP_RUNTIME_MAX_WAIT_SECONDS</c>.</param>
    /// <param name="maximumBytes">Longest body that is read, in bytes; null for any.</param>
    /// <param name="observer">Is told what the call does; null for no one.</param>
    /// <param name="profile">See <see cref="Profile"/>.</param>
    public static CallContext Waiting(
        TimeSpan most,
        long? maximumBytes = null,
        ICallObserver? observer = null,
        string? profile = null
    ) =>
        new()
        {
            Profile = profile,
            Observer = observer,
            Options = new AnswerOptions { Wait = most, MaximumBytes = maximumBytes ?? int.MaxValue / 2 },
        };

    /// <summary>What the caller asks of the answer, besides the tool's arguments.</summary>
    internal AnswerOptions Options { get; set; } = AnswerOptions.None;
}
