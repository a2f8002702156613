using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Stdio.Commands;

/// <summary>Prints the items of a list with pages as JSON Lines, each as its page arrives.</summary>
internal sealed class PagesRun(Terminal terminal, ToolCaller caller, CallPlan plan)
{
    public async Task<int> RunAsync(JsonElement arguments, long? most, CancellationToken cancellationToken)
    {
        if (plan.Tool.Pagination is null or { Style: PagingStyle.None })
        {
            await terminal.WriteErrorAsync(
                $"How '{plan.Tool.Name}' pages is not known. Call it without --all and --max-items, or write "
                    + $"'pagination' into the manifest of its connector."
            );
            return ExitCode.WrongUsage;
        }
        var pages = caller.ReadPages(plan, arguments, () => new CallContext(), CallOptions.None, new PageCaps(most));
        var hasFailed = false;
        await foreach (var page in pages.ReadAsync(cancellationToken))
        {
            hasFailed |= page.Answer.IsError;
            if (page.Answer.IsError)
                await FailAsync(page.Answer);
            else if (page.IsList)
                await PrintAsync(page.Items);
            else if (page.Answer.Structured is { } json)
                await PrintAsync([json.ToElement()]);
        }
        var end = pages.End!;
        if (end is { Failure: { } failure, Pages: > 0 })
        {
            hasFailed = true;
            await terminal.WriteErrorAsync($"Page {end.Pages + 1} could not be read; the pages before it are printed.");
            await FailAsync(failure);
        }
        else if (end.Reason == PageEndReason.Stopped)
        {
            await terminal.WriteErrorAsync(
                UntrustedText.ForTerminal($"No page after {end.Pages} was read: {end.Why}.")
            );
        }
        return hasFailed ? ExitCode.Failed : ExitCode.Good;
    }

    // On one line, so that other programs can read them line by line.
    private async Task PrintAsync(IReadOnlyList<JsonElement> items)
    {
        foreach (var item in items)
        {
            var text = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(item));
            if (text.AsSpan().IndexOfAny('\r', '\n') >= 0)
                text = JsonSerializer.Serialize(item, OneLine);
            await terminal.Out.WriteLineAsync(Terminal.IsOutWatched ? UntrustedText.ForTerminal(text) : text);
        }
        await terminal.Out.FlushAsync();
    }

    private Task FailAsync(ToolAnswer failure) =>
        terminal.WriteErrorAsync(
            UntrustedText.ForTerminal(
                string.Join('\n', failure.Content.OfType<AnswerContent.Text>().Select(text => text.Value)),
                keepLines: true
            )
        );

    private static JsonSerializerOptions OneLine { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
