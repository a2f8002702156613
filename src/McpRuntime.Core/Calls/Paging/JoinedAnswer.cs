using System.Buffers;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Plan;
using McpRuntime.Json;

namespace McpRuntime.Calls.Paging;

/// <summary>
/// The pages of a list as one answer: the first page with the items of all, and with what the last one says about the
/// next. A note says what is missing and how to go on.
/// </summary>
internal static class JoinedAnswer
{
    public static async Task<ToolAnswer> ReadAsync(
        PagedAnswer pages,
        CallPlan plan,
        CancellationToken cancellationToken
    )
    {
        var paging = plan.Tool.Pagination!;
        var items = new ArrayBufferWriter<byte>(4096);
        items.Write("["u8);
        ToolAnswer? first = null;
        var (last, next, more) = (first, default(JsonText), default(JsonText));
        await foreach (var page in pages.ReadAsync(cancellationToken))
        {
            first ??= page.Answer;
            last = page.Answer;
            foreach (var item in page.Items)
            {
                if (items.WrittenCount > 1)
                    items.Write(","u8);
                items.Write(PageBody.TextOf(item));
            }
            (next, more) = (TextAt(page, paging.Next), TextAt(page, paging.More));
        }
        if (pages.End is not { } end || first is null || first.IsError)
            return first ?? pages.End!.Failure!;
        var note = PageNote.Of(end, plan, pages.Arguments);
        if (end.Pages == 0)
            return note is null ? first : WithNote(first, first.Structured, note);
        items.Write("]"u8);
        if (end is { Pages: 1, LeftOut: 0, Repeated: 0 })
            return WithNote(first, first.Structured, note);
        var edits = new JsonEdits();
        edits.Replace(paging.Items, JsonElement.Parse(items.WrittenSpan));
        // A page of which a part is missing would be passed over.
        if (end.LeftOut == 0 && end.Pages > 1)
        {
            Replace(edits, paging.Next, next);
            Replace(edits, paging.More, more);
        }
        var joined = JsonText.From(edits.ApplyTo(first.Structured!.ToElement()));
        return WithNote(first with { Headers = last!.Headers }, joined, note);
    }

    private static JsonText? TextAt(AnswerPage page, string? pointer) =>
        page.Body?.At(pointer) is { } value ? JsonText.From(value) : null;

    // A last page often has no such member at all.
    private static void Replace(JsonEdits edits, string? pointer, JsonText? value)
    {
        if (!string.IsNullOrEmpty(pointer))
            edits.Replace(pointer, (value ?? JsonText.Null).ToElement());
    }

    private static ToolAnswer WithNote(ToolAnswer answer, JsonText? json, string? note) =>
        answer with
        {
            Structured = json,
            Content =
            [
                json is null ? answer.Content[0] : new AnswerContent.Text(json.ToString()),
                .. answer.Content.Skip(1),
                .. note is null ? (AnswerContent[])[] : [new AnswerContent.Text(note)],
            ],
        };
}
