using McpRuntime.Calls.Request;

namespace McpRuntime.Calls.Recording;

/// <summary>
/// A request as it goes out, secrets masked. An attempt may take several: a redirect is followed by another one.
/// </summary>
/// <param name="CallId">Identifies the call in log and audit, and to the API as <c>X-Request-Id</c>.</param>
/// <param name="Attempt">The attempt of the call that it belongs to, from 1.</param>
/// <param name="MaxAttempts">How many attempts the call has at most.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The URL.</param>
public sealed record SentRequest(string CallId, int Attempt, int MaxAttempts, string Method, string Url)
{
    /// <summary>
    /// Time since the answer before, or since the call began: waits, and what finding credentials took.
    /// </summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Bytes of the body; null for none.</summary>
    public long? BodyBytes { get; init; }

    /// <summary>Header fields and body; null where the observer does not want them.</summary>
    public MaskedRequest? Content { get; init; }
}
