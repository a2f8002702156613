using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Diagnostics;

namespace McpRuntime.Calls.LongOperations;

/// <summary>What an answer says about an operation that goes on, or has failed.</summary>
internal static class OperationNote
{
    private const string DoNotRepeat = "Do not repeat this call: it would start another one.";

    /// <summary>The operation was accepted, and no one waits for its end.</summary>
    public static ToolAnswer Accepted(ToolAnswer answer, PendingOperation operation, CallPlan plan) =>
        With(answer, $"The API has accepted this and may still work on it. {HowToAsk(operation, plan)}");

    /// <summary>The time to wait was over before the end.</summary>
    public static ToolAnswer StillRunning(ToolAnswer answer, PendingOperation operation, CallPlan plan)
    {
        var word = OperationState.Of(answer.Structured).Word;
        var state = word is null ? "" : $" ({UntrustedText.Shorten(UntrustedText.Clean(word), 60)})";
        return With(answer, $"The operation has not ended yet{state}. {HowToAsk(operation, plan)}");
    }

    /// <summary>The operation has ended without success.</summary>
    public static ToolAnswer Failed(ToolAnswer answer, OperationState state) =>
        answer with
        {
            IsError = true,
            Content =
            [
                new AnswerContent.Text(
                    $"The operation has ended with '{UntrustedText.Shorten(UntrustedText.Clean(state.Word!), 60)}'."
                ),
                .. answer.Content,
            ],
        };

    private static string HowToAsk(PendingOperation operation, CallPlan plan) =>
        MonitorTool.Find(plan, operation.Url) is var (tool, arguments)
            ? $"To ask for its state, call {tool} with {arguments}. {DoNotRepeat}"
            : "No tool of this connector asks for its state; the URL is in the response headers or the answer. "
                + DoNotRepeat;

    private static ToolAnswer With(ToolAnswer answer, string note) =>
        answer with
        {
            IsPending = true,
            Content = [.. answer.Content, new AnswerContent.Text(note)],
        };
}
