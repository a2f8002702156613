using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Calls and answers that failed, as PowerShell's errors with stable ids.</summary>
internal static class AnswerErrors
{
    // Why a call was refused before it was sent; any other name is of a newer server.
    private static readonly Dictionary<string, ErrorCategory> Known = new(StringComparer.Ordinal)
    {
        [ErrorId.VaultLocked] = ErrorCategory.AuthenticationError,
        [ErrorId.VaultNotFound] = ErrorCategory.ObjectNotFound,
        [ErrorId.VaultFailed] = ErrorCategory.ResourceUnavailable,
        [ErrorId.SecretManagementNotInstalled] = ErrorCategory.NotInstalled,
        [ErrorId.SecretNotFound] = ErrorCategory.ObjectNotFound,
        [ErrorId.SecretTypeNotSupported] = ErrorCategory.InvalidType,
        [CallErrorCode.CredentialMissing] = ErrorCategory.AuthenticationError,
        [CallErrorCode.SignInRequired] = ErrorCategory.AuthenticationError,
        [CallErrorCode.OriginNotApproved] = ErrorCategory.PermissionDenied,
    };

    /// <summary>A call that failed. Its details are the API's own words, and what to do.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="failure">Its answer.</param>
    /// <param name="callId">Identifies the call; null where no one says.</param>
    public static ErrorRecord Of(McpTool tool, ToolAnswer failure, string? callId)
    {
        var response = failure.Structured is { } structured ? JsonObjects.From(structured.ToElement()) : null;
        var text = string.Join("\n", failure.Content.OfType<AnswerContent.Text>().Select(text => text.Value));
        var exception = new McpToolException(
            tool.Name,
            UntrustedText.ForTerminal(text, keepLines: true),
            failure.Status,
            response
        )
        {
            Detail = failure.Detail is { } words ? UntrustedText.ForTerminal(words, keepLines: true) : null,
            CallId = callId,
        };
        var (id, category) = Kind(failure);
        return new ErrorRecord(exception, id, category, tool)
        {
            ErrorDetails = new ErrorDetails(exception.Detail is { } detail ? $"HTTP {failure.Status}: {detail}" : "")
            {
                RecommendedAction = ErrorAdvice.For(tool, id, failure.Status, RetryAfter(failure)),
            },
        };
    }

    /// <summary>
    /// An answer that could not be read to its end, or not be written; null for what is not of an answer.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="failure">What was thrown.</param>
    public static ErrorRecord? Of(McpTool tool, IAnswer answer, Exception failure)
    {
        (string Id, ErrorCategory Category, string Message)? kind = failure switch
        {
            AnswerException { Fault: AnswerFault.Incomplete } => (
                ErrorId.AnswerIncomplete,
                ErrorCategory.ConnectionError,
                failure.Message
            ),
            AnswerException { Fault: AnswerFault.Timeout } => (
                ErrorId.UpstreamTimeout,
                ErrorCategory.OperationTimeout,
                failure.Message
            ),
            AnswerException { Fault: AnswerFault.TooLarge } => (
                ErrorId.AnswerTooLarge,
                ErrorCategory.LimitsExceeded,
                $"{failure.Message} Raise -MaximumBytes, or ask for less."
            ),
            AnswerException => (ErrorId.AnswerInvalid, ErrorCategory.InvalidData, failure.Message),
            EndOfStreamException => (
                ErrorId.AnswerIncomplete,
                ErrorCategory.ConnectionError,
                $"The answer is incomplete. {failure.Message}"
            ),
            JsonException invalid => (
                ErrorId.AnswerInvalid,
                ErrorCategory.InvalidData,
                $"The answer is not valid JSON (line {invalid.LineNumber + 1}, byte "
                    + $"{invalid.BytePositionInLine + 1}). -Raw gives it as text."
            ),
            NotSupportedException => (
                ErrorId.AnswerTooLarge,
                ErrorCategory.LimitsExceeded,
                $"The answer is too large. {failure.Message} Save it with -OutFile."
            ),
            AnswerOutputException shape => (shape.Id, ErrorCategory.InvalidData, shape.Message),
            _ => null,
        };
        if (kind is not var (id, category, message))
            return null;
        var call = answer.CallId is { } callId ? $" Call {callId}." : "";
        var exception = new McpToolException(
            tool.Name,
            UntrustedText.ForTerminal(message + call),
            answer.Status,
            null,
            failure
        )
        {
            CallId = answer.CallId,
        };
        var error = new ErrorRecord(exception, id, category, tool);
        // What does not fit into the shape that was asked for has its fix in the message.
        if (id is ErrorId.AnswerIncomplete or ErrorId.UpstreamTimeout)
            error.ErrorDetails = new ErrorDetails("")
            {
                RecommendedAction = ErrorAdvice.For(tool, id, answer.Status, null),
            };
        return error;
    }

    private static int? RetryAfter(ToolAnswer failure) =>
        failure.Structured is { } structured
        && structured.ToElement() is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty("retry_after_seconds", out var seconds)
        && seconds.TryGetInt32(out var number)
            ? number
            : null;

    private static (string Id, ErrorCategory Category) Kind(ToolAnswer answer) =>
        (answer.Failure, answer.Status) switch
        {
            _ when answer.ErrorCode is { } code && Known.TryGetValue(code, out var category) => (code, category),
            (ToolFailure.Timeout, _) => (ErrorId.UpstreamTimeout, ErrorCategory.OperationTimeout),
            (ToolFailure.Unreachable, _) => (ErrorId.UpstreamUnreachable, ErrorCategory.ConnectionError),
            (_, 401) => (ErrorId.UpstreamUnauthorized, ErrorCategory.AuthenticationError),
            (_, 403) => (ErrorId.UpstreamUnauthorized, ErrorCategory.PermissionDenied),
            (_, 404 or 410) => (ErrorId.UpstreamRefused, ErrorCategory.ObjectNotFound),
            (_, 408 or 504) => (ErrorId.UpstreamTimeout, ErrorCategory.OperationTimeout),
            (_, 409) => (ErrorId.UpstreamRefused, ErrorCategory.ResourceExists),
            (_, 429) => (ErrorId.UpstreamRefused, ErrorCategory.LimitsExceeded),
            (_, >= 500) => (ErrorId.UpstreamFailed, ErrorCategory.ResourceUnavailable),
            (_, not null) => (ErrorId.UpstreamRefused, ErrorCategory.InvalidArgument),
            _ => (ErrorId.ToolCallFailed, ErrorCategory.InvalidArgument),
        };
}
