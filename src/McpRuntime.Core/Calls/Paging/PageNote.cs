using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Diagnostics;

namespace McpRuntime.Calls.Paging;

/// <summary>Says how much of a list an answer has, and how to go on.</summary>
internal static class PageNote
{
    /// <param name="end">How the list ended.</param>
    /// <param name="plan">The tool.</param>
    /// <param name="arguments">As the caller gave them.</param>
    public static string Of(PageEnd end, CallPlan plan, JsonElement arguments)
    {
        var note = new StringBuilder();
        var amount = $"{CountText.Of(end.Items, "item")} of {CountText.Of(end.Pages, "page")}";
        switch (end.Reason)
        {
            case PageEndReason.Complete:
                note.Append($"All {amount}; there are no more.");
                break;
            case PageEndReason.Failed:
                note.Append($"Page {end.Pages + 1} could not be read: {Words(end.Failure!)} ");
                note.Append($"This answer has the {amount} before it.");
                break;
            case PageEndReason.Stopped:
                note.Append(
                    end.Pages == 0
                        ? $"Further pages of this answer were not looked for: {end.Why}."
                        : $"No page after {end.Pages} was read: {end.Why}. This answer has the {amount} before it."
                );
                break;
            default:
                note.Append($"The first {amount}; there are more.{Bound(end.Reason)}");
                break;
        }
        if (end.Repeated > 0)
            note.Append(
                $" {CountText.Of(end.Repeated, "item")} that had come before {(end.Repeated == 1 ? "was" : "were")} "
                    + $"left out (by '{plan.Tool.Pagination!.Id}')."
            );
        if (end.Resume is { } resume)
            note.Append(' ').Append(GoOn(end, resume, plan, arguments));
        return note.ToString().TrimEnd();
    }

    private static string GoOn(PageEnd end, PageTarget resume, CallPlan plan, JsonElement arguments)
    {
        var target = resume.Url is { } url ? NextUrl.ToArguments(plan, url, resume.Arguments) : resume.Arguments;
        if (target is not { } next)
            return "The tool has no argument to go on with; call it again with a larger 'max_items'.";
        var changes = PageArguments.Changes(arguments, next);
        var how =
            changes == "{}"
                ? "To go on, call again with the same arguments"
                : $"To go on, call again with the same arguments and {changes}";
        return end.Given == 0
            ? $"{how}."
            : $"{how}; of that page, the first {CountText.Of(end.Given, "item")} "
                + $"{(end.Given == 1 ? "is" : "are")} in this answer.";
    }

    private static string Bound(PageEndReason reason) =>
        reason switch
        {
            PageEndReason.Pages => " A call reads no more pages (MCP_RUNTIME_MAX_PAGES).",
            PageEndReason.Bytes => " A call joins no more bytes (MCP_RUNTIME_MAX_PAGED_BYTES).",
            _ => "",
        };

    private static string Words(ToolAnswer failure) =>
        failure.Content.OfType<AnswerContent.Text>().FirstOrDefault()?.Value.TrimEnd() ?? "the API sent an error.";
}
