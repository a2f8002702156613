using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>Calls and answers that failed, as PowerShell's errors with stable ids.</summary>
internal static class AnswerErrors
{
    /// <summary>A call that failed.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="target">The error's target.</param>
    /// <param name="failure">Its answer.</param>
    public static ErrorRecord Of(string tool, object target, ToolAnswer failure)
    {
        var response = failure.Structured is { } structured ? JsonObjects.From(structured.ToElement()) : null;
        var text = string.Join("\n", failure.Content.OfType<AnswerContent.Text>().Select(text => text.Value));
        var exception = new McpToolException(tool, UntrustedText.ForTerminal(text, keepLines: true), failure.Status, response);
        var (id, category) = Kind(failure);
        return new ErrorRecord(exception, id, category, target);
    }

    /// <summary>An answer that could not be read to its end, or not be written; null for what is not of an answer.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="target">The error's target.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="failure">What was thrown.</param>
    public static ErrorRecord? Of(string tool, object target, IAnswer answer, Exception failure)
    {
        (string Id, ErrorCategory Category, string Message)? kind = failure switch
        {
            AnswerException { Fault: AnswerFault.Incomplete } => (ErrorId.AnswerIncomplete, ErrorCategory.ConnectionError, failure.Message),
            AnswerException { Fault: AnswerFault.Timeout } => (ErrorId.UpstreamTimeout, ErrorCategory.OperationTimeout, failure.Message),
            AnswerException { Fault: AnswerFault.TooLarge } => (ErrorId.AnswerTooLarge, ErrorCategory.LimitsExceeded, $"{failure.Message} Raise -MaximumBytes, or ask for less."),
            AnswerException => (ErrorId.AnswerInvalid, ErrorCategory.InvalidData, failure.Message),
            EndOfStreamException => (ErrorId.AnswerIncomplete, ErrorCategory.ConnectionError, $"The answer is incomplete. {failure.Message}"),
            JsonException invalid => (ErrorId.AnswerInvalid, ErrorCategory.InvalidData, $"The answer is not valid JSON (line {invalid.LineNumber + 1}, byte {invalid.BytePositionInLine + 1}). -Raw gives it as text."),
            NotSupportedException => (ErrorId.AnswerTooLarge, ErrorCategory.LimitsExceeded, $"The answer is too large. {failure.Message} Save it with -OutFile."),
            AnswerOutputException shape => (shape.Id, ErrorCategory.InvalidData, shape.Message),
            _ => null,
        };
        if (kind is not var (id, category, message))
            return null;
        var call = answer.CallId is { } callId ? $" Call {callId}." : "";
        return new ErrorRecord(new McpToolException(tool, UntrustedText.ForTerminal(message + call), answer.Status, null, failure), id, category, target);
    }

    private static (string Id, ErrorCategory Category) Kind(ToolAnswer answer) => (answer.Failure, answer.Status) switch
    {
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
