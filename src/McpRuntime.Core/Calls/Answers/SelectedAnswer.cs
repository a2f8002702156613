using McpRuntime.Diagnostics;
using McpRuntime.Json.Selecting;

namespace McpRuntime.Calls.Answers;

/// <summary>An answer reduced to what its caller selected; one that is not JSON, or an error, stays as it is.</summary>
internal static class SelectedAnswer
{
    private const int MostParts = 10;

    public static ToolAnswer Of(ToolAnswer answer, Selection selection) => Of(answer, selection, out _);

    /// <param name="answer">The answer.</param>
    /// <param name="selection">What was selected.</param>
    /// <param name="isEmpty">The answer has nothing of it.</param>
    public static ToolAnswer Of(ToolAnswer answer, Selection selection, out bool isEmpty)
    {
        isEmpty = false;
        if (answer.IsError || answer.Structured is not { } json)
            return answer;
        var selected = selection.Apply(json.Utf8);
        isEmpty = selected.IsEmpty;
        var note = Note(selected);
        return answer with
        {
            Structured = selected.Json,
            // The first block is the JSON as text; what follows it says something about it.
            Content =
            [
                new AnswerContent.Text(selected.Json.ToString()),
                .. answer.Content.Skip(1),
                .. note is null ? (AnswerContent[])[] : [new AnswerContent.Text(note)],
            ],
        };
    }

    /// <summary>What was asked for and is not there; null for nothing.</summary>
    public static string? Note(SelectedJson selected)
    {
        if (selected.Missing.Count == 0)
            return null;
        var parts = selected.Missing.Take(MostParts).Select(Describe);
        var more =
            selected.Missing.Count > MostParts
                ? $" So are {CountText.Of(selected.Missing.Count - MostParts, "more part")}."
                : "";
        return $"Not in this answer: {string.Join("; ", parts)}.{more}";
    }

    private static string Describe(MissingPart part)
    {
        var name = $"'{UntrustedText.ForTerminal(part.Path)}'";
        return part.Names.Count == 0
            ? name
            : $"{name} (there are: {string.Join(", ", part.Names.Select(other => UntrustedText.ForTerminal(other)))})";
    }
}
