using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Http;

namespace McpRuntime.Calls.Paging;

/// <summary>What asks for one page.</summary>
/// <param name="Arguments">The arguments of the tool.</param>
/// <param name="Url">
/// Where the page is, of the origin of the tool; null where the arguments say it.
/// </param>
internal sealed record PageTarget(JsonElement Arguments, string? Url = null);

/// <summary>What came back for one.</summary>
/// <param name="Url">The URL that was asked for, to which relative links are relative; null where none was.</param>
/// <param name="Answer">
/// Its JSON is <see cref="ToolAnswer.Structured"/>; an answer without any, and an error, end the list.
/// </param>
internal sealed record FetchedPage(string? Url, ToolAnswer Answer)
{
    public IReadOnlyList<AnswerHeader> Headers => Answer.Headers;
}
