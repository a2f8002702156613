using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Calls.Paging;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <content>
/// -First, -Skip and -All: the items of a list, page by page. A page is asked for when the items of the one before are
/// written, so that Select-Object -First ends the calls too.
/// </content>
public sealed partial class InvokeMcpToolCommand
{
    private bool WantsPages => _own.All || _own.First is not null || _own.Skip is not null;

    private void WritePages(IToolTarget target, CallRequest call)
    {
        var skip = _own.Skip ?? 0;
        var most = _own.First is { } first
            ? first > long.MaxValue - skip
                ? null
                : first + skip
            : (long?)null;
        if (target.ReadPages(call, new PageCaps(most)) is not { } reading)
        {
            Report(
                $"How '{UntrustedText.ForTerminal(call.Tool.Name)}' pages is not known here. Use its own arguments, "
                    + $"or write 'pagination' into the manifest of its connector.",
                ErrorId.PagesNotKnown,
                ErrorCategory.InvalidArgument,
                call.Tool.Name
            );
            return;
        }
        var pages = reading.Pages.ReadAsync(StoppingToken).GetAsyncEnumerator(StoppingToken);
        try
        {
            while (Next(pages, reading, call))
                Write(pages.Current, call, ref skip);
        }
        finally
        {
            pages.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        Tell(reading.Pages.End!, call);
    }

    private static bool Next(IAsyncEnumerator<AnswerPage> pages, PageReading reading, CallRequest call)
    {
        var hasNext = call.Bar.AwaitHere(
            (post, _) =>
            {
                reading.Trace.Begin(post);
                return pages.MoveNextAsync().AsTask();
            }
        );
        reading.Trace.Arrived();
        return hasNext;
    }

    private void Write(AnswerPage page, CallRequest call, ref long skip)
    {
        if (ResponseHeadersVariable is not null)
            SessionState.PSVariable.Set(ResponseHeadersVariable, HeaderTable.Of(page.Answer.Headers));
        if (_own.StatusCodeVariable is not null)
            SessionState.PSVariable.Set(_own.StatusCodeVariable, page.Answer.Status);
        if (page.Answer.IsError)
        {
            call.Bar.Dispose();
            WriteError(AnswerErrors.Of(call.Tool, page.Answer, callId: null));
            return;
        }
        if (!page.IsList)
        {
            if (page.Answer.Structured is { } json)
                WriteObject(JsonObjects.From(json.Utf8.Span, AsHashtable), enumerateCollection: false);
            return;
        }
        foreach (var item in page.Items)
        {
            if (skip > 0)
                skip--;
            else
                WriteItem(item);
        }
    }

    private void WriteItem(JsonElement item) =>
        WriteObject(JsonObjects.From(JsonMarshal.GetRawUtf8Value(item), AsHashtable), enumerateCollection: false);

    private void Tell(PageEnd end, CallRequest call)
    {
        if (end.Failure is { } failure && end.Pages > 0)
        {
            call.Bar.Dispose();
            WriteWarning($"Page {end.Pages + 1} could not be read; what was written is all of the pages before it.");
            WriteError(AnswerErrors.Of(call.Tool, failure, callId: null));
        }
        else if (end.Reason == PageEndReason.Stopped)
        {
            WriteWarning(
                UntrustedText.ForTerminal(
                    end.Pages == 0
                        ? $"Further pages were not looked for: {end.Why}."
                        : $"No page after {end.Pages} was read: {end.Why}."
                )
            );
        }
        if (end.Repeated > 0)
            WriteVerbose($"{end.Repeated} items that had come before were left out.");
    }
}
