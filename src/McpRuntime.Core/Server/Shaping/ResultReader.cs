using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Answers.Shortening;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Results;

namespace McpRuntime.Server.Shaping;

/// <summary>Parts of a stored result, within the budget again.</summary>
internal static class ResultReader
{
    public static ToolAnswer Read(
        StoredResult stored,
        ReadOnlyMemory<byte> body,
        ResultTool.Request request,
        int budget
    ) =>
        stored.MediaType switch
        {
            "application/json" => ReadJson(stored, body, request, budget),
            "text/plain" => request.Select is null
                ? ReadText(stored, Encoding.UTF8.GetString(body.Span), request, budget)
                : ToolAnswer.Error(
                    "The stored answer is text, which has no parts to select; from, count and contains mean lines."
                ),
            _ => ToolAnswer.Error(
                $"The stored answer is {CountText.Of(stored.Length, "byte")} of {stored.MediaType}; read it as the "
                    + $"resource {ResultUri.Of(stored)}."
            ),
        };

    private static ToolAnswer ReadJson(
        StoredResult stored,
        ReadOnlyMemory<byte> body,
        ResultTool.Request request,
        int budget
    )
    {
        var notes = new List<AnswerContent>();
        if (request.Select is { } select)
        {
            var selected = select.Apply(body);
            if (SelectedAnswer.Note(selected) is { } missing)
            {
                if (selected.IsEmpty)
                    return ToolAnswer.Error(missing);
                notes.Add(new AnswerContent.Text(missing));
            }
            body = selected.Json.Utf8;
        }
        var json = JsonElement.Parse(body.Span);
        if (OnlyText(json) is { } text)
            return ReadText(stored, text, request, budget);
        var shortened = ShortJson.Of(json, AnswerBudget.Limit(body.Span, budget) ?? body.Length + 2, request.Window);
        if (request.Window != ResultWindow.Whole && !shortened.HasList)
            return ToolAnswer.Error(
                "There is no list in this result that from, count and contains could be applied to."
            );
        if (shortened.Shown.Count + shortened.Omitted.Count > 0)
            notes.Add(new AnswerContent.Text(ResultText.Missing(shortened.Shown, shortened.Omitted)));
        return new ToolAnswer { Content = [new AnswerContent.Text(shortened.Json.ToString()), .. notes] };
    }

    private static ToolAnswer ReadText(StoredResult stored, string text, ResultTool.Request request, int budget)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var most = AnswerBudget.Limit(utf8, budget) ?? utf8.Length;
        var lines = ShortText.Of(text, most, request.Window, out var shown);
        return shown is null
            ? ToolAnswer.Text(lines)
            : new ToolAnswer
            {
                Content = [new AnswerContent.Text(lines), new AnswerContent.Text(ResultText.Missing([shown], []))],
            };
    }

    // One long text, such as the body of an issue, is read by its lines.
    private static string? OnlyText(JsonElement value)
    {
        while (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1)
            value = value.EnumerateObject().First().Value;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
