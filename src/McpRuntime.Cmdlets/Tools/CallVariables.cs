using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Http;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Variables of the session that a command sets: the status and the headers of an answer.</summary>
internal static class CallVariables
{
    public static void Set(McpCmdlet cmdlet, CallSettings settings, IReadOnlyList<AnswerHeader> headers, int? status)
    {
        if (settings.HeadersVariable is { } headersVariable)
            cmdlet.SessionState.PSVariable.Set(headersVariable, HeaderTable.Of(headers));
        if (settings.StatusVariable is { } statusVariable)
            cmdlet.SessionState.PSVariable.Set(statusVariable, status);
    }
}
