using McpRuntime.Credentials.SignIns;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// A call that was not made, or not again; where waiting helps, it says how long in text and as JSON.
/// </summary>
internal static class RefusedAnswer
{
    public static ToolAnswer Of(McpRuntimeException refused)
    {
        if (refused is not CallException { RetryAfterSeconds: { } seconds })
            return ToolAnswer.Error(refused.Message) with
            {
                ErrorCode = refused.ErrorCode,
                NeededSignIn = (refused as SignInRequiredException)?.Key,
            };
        return ToolAnswer.Error($"{refused.Message} Try again after {seconds} s (retry_after_seconds: {seconds}).") with
        {
            ErrorCode = refused.ErrorCode,
            Structured = JsonText.Parse($$"""{"retry_after_seconds":{{seconds}}}"""),
        };
    }
}
