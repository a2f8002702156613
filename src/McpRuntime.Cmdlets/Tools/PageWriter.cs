using System.Management.Automation;
using System.Runtime.InteropServices;
using McpRuntime.Calls.Paging;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// -First, -Skip and -All: the items of a list, page by page. A page is asked for when the items of the one before are
/// written, so that Select-Object -First ends the calls too.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="settings">What its parameters say.</param>
/// <param name="objects">Writes the items.</param>
internal sealed class PageWriter(McpCmdlet cmdlet, CallSettings settings, AnswerObjects objects)
{
    public void Write(IToolTarget target, CallRequest call, PageWish wish)
    {
        if (target.ReadPages(call, new PageCaps(wish.Most)) is not { } reading)
        {
            cmdlet.Report(
                $"How '{UntrustedText.ForTerminal(call.Tool.Name)}' pages is not known here. Use its own arguments, "
                    + $"or write 'pagination' into the manifest of its connector.",
                ErrorId.PagesNotKnown,
                ErrorCategory.InvalidArgument,
                call.Tool.Name
            );
            return;
        }
        var skip = wish.Skip;
        var pages = reading.Pages.ReadAsync(cmdlet.StoppingToken).GetAsyncEnumerator(cmdlet.StoppingToken);
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
        CallVariables.Set(cmdlet, settings, page.Answer.Headers, page.Answer.Status);
        if (page.Answer.IsError)
        {
            call.Bar.Dispose();
            cmdlet.WriteError(AnswerErrors.Of(call.Tool, page.Answer, callId: null));
            return;
        }
        var asHashtable = settings.Shape == AnswerShape.Hashtables;
        if (!page.IsList)
        {
            if (page.Answer.Structured is { } json)
                objects.WriteItem(cmdlet, json.Utf8.Span, asHashtable);
            return;
        }
        foreach (var item in page.Items)
        {
            if (skip > 0)
                skip--;
            else
                objects.WriteItem(cmdlet, JsonMarshal.GetRawUtf8Value(item), asHashtable);
        }
    }

    private void Tell(PageEnd end, CallRequest call)
    {
        if (end.Failure is { } failure && end.Pages > 0)
        {
            call.Bar.Dispose();
            cmdlet.WriteWarning(
                $"Page {end.Pages + 1} could not be read; what was written is all of the pages before it."
            );
            cmdlet.WriteError(AnswerErrors.Of(call.Tool, failure, callId: null));
        }
        else if (end.Reason == PageEndReason.Stopped)
        {
            cmdlet.WriteWarning(
                UntrustedText.ForTerminal(
                    end.Pages == 0
                        ? $"Further pages were not looked for: {end.Why}."
                        : $"No page after {end.Pages} was read: {end.Why}."
                )
            );
        }
        if (end.Repeated > 0)
            cmdlet.WriteVerbose(
                $"{CountText.Of(end.Repeated, "item")} that had come before {(end.Repeated == 1 ? "was" : "were")} "
                    + "left out."
            );
    }
}
