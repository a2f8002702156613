using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Json;

namespace McpRuntime.Calls.Paging;

/// <summary>Reads a page of an answer that arrives.</summary>
internal static class StreamedPages
{
    /// <summary>The whole page; what goes wrong is an answer that says so.</summary>
    public static async Task<FetchedPage> ReadPageAsync(this StreamedAnswer opened, CancellationToken cancellationToken)
    {
        if (opened.Ended is { } ended)
            return new FetchedPage(opened.RequestUrl, ended);
        var answer = new ToolAnswer
        {
            Content = [],
            Status = opened.Status,
            Headers = opened.Headers,
        };
        if (opened.Format is not AnswerFormat.Json)
            return new FetchedPage(opened.RequestUrl, answer);
        using var buffer = new MemoryStream();
        try
        {
            await opened.OpenText().CopyToAsync(buffer, cancellationToken);
        }
        catch (AnswerException failure)
        {
            return new FetchedPage(
                opened.RequestUrl,
                ToolAnswer.Error(failure.Message) with
                {
                    Status = opened.Status,
                    Failure = ToolFailure.Unreachable,
                }
            );
        }
        var json = new JsonText(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        return new FetchedPage(opened.RequestUrl, answer with { Structured = json });
    }
}
