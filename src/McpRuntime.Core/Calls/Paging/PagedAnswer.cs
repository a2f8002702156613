using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Paging;

/// <summary>
/// A list that is read page by page, each when it is asked for. No page is kept. Items that come again are left out by
/// their id; a page that comes again, or leads back, ends the list.
/// </summary>
public sealed class PagedAnswer
{
    private readonly CallPlan _plan;
    private readonly PageCaps _caps;
    private readonly Func<PageTarget, CancellationToken, Task<FetchedPage>> _fetch;
    private readonly PageTarget _first;

    internal PagedAnswer(
        CallPlan plan,
        JsonElement arguments,
        PageCaps caps,
        Func<PageTarget, CancellationToken, Task<FetchedPage>> fetch
    )
    {
        (_plan, _caps, _fetch) = (plan, caps, fetch);
        Arguments = arguments;
        _first = new PageTarget(PageSize.Choose(plan.Tool, arguments, caps.Items));
    }

    /// <summary>How the list ended; null until it has.</summary>
    public PageEnd? End { get; private set; }

    internal JsonElement Arguments { get; }

    /// <summary>
    /// The pages. A first page that failed is given as it is; a later one ends the list, and <see cref="End"/> says so.
    /// </summary>
    public async IAsyncEnumerable<AnswerPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paging = _plan.Tool.Pagination!;
        var (walk, seen) = (new PageWalk(_plan, _first), new SeenItems(paging.Id));
        var progress = new PageProgress();
        for (var target = _first; ; )
        {
            var fetched = await _fetch(target, cancellationToken);
            if (fetched.Answer.IsError)
            {
                if (progress.Pages == 0)
                    yield return new AnswerPage(1, fetched.Answer, [], null);
                End = progress.IsPastTheEnd(fetched.Answer, paging.Style)
                    ? progress.Ended(PageEndReason.Complete)
                    : progress.Ended(PageEndReason.Failed) with
                    {
                        Failure = fetched.Answer,
                        Resume = target,
                    };
                yield break;
            }
            using var body = PageBody.Read(fetched.Answer.IsCut ? null : fetched.Answer.Structured);
            if (body?.At(paging.Items) is not { ValueKind: JsonValueKind.Array } list)
            {
                if (progress.Pages == 0)
                    yield return new AnswerPage(1, fetched.Answer, [], null);
                End = NoList(fetched, body, paging, progress, target);
                yield break;
            }
            var isRepeated = progress.IsSameAsBefore(list);
            if (isRepeated && !walk.MayRepeatFirst)
            {
                End = progress.Ended(PageEndReason.Stopped) with { Why = "the API sent the same page again" };
                yield break;
            }
            var fresh = seen.Fresh(list);
            var next = walk.Next(fetched, body, list, target, out var why);
            if (!isRepeated)
            {
                var page = progress.Take(fresh, list, _caps);
                yield return new AnswerPage(progress.Pages, fetched.Answer, page, body);
            }
            if (progress.Cut is { } cut)
            {
                End = Cut(cut, progress, walk, target, list);
                yield break;
            }
            if (next is null || progress.BringsNothing)
            {
                why ??= next is null ? null : "two pages in a row brought nothing new";
                End = progress.Ended(why is null ? PageEndReason.Complete : PageEndReason.Stopped) with { Why = why };
                yield break;
            }
            if (progress.Reached(_caps) is { } cap)
            {
                End = progress.Ended(cap) with { Resume = next };
                yield break;
            }
            target = next;
        }
    }

    private static PageEnd NoList(
        FetchedPage fetched,
        PageBody? body,
        ToolPagination paging,
        PageProgress progress,
        PageTarget target
    )
    {
        if (fetched.Answer.IsEmpty || body?.At(paging.Items) is { ValueKind: JsonValueKind.Null })
            return progress.Ended(PageEndReason.Complete);
        var end = progress.Ended(PageEndReason.Stopped) with { Resume = progress.Pages == 0 ? null : target };
        return end with
        {
            Why =
                fetched.Answer.IsCut ? "it is longer than limits.max_response_bytes"
                : body is null ? "it is not JSON"
                : paging.Items.Length == 0 ? "it is not a list, as 'pagination' of the tool says"
                : $"it has no list at '{paging.Items}', where 'pagination' of the tool says it is",
        };
    }

    // The rest of the page is asked for by what leads to it; else the page itself, of which the caller has a part.
    private static PageEnd Cut(
        PageEndReason reason,
        PageProgress progress,
        PageWalk walk,
        PageTarget target,
        JsonElement list
    )
    {
        var end = progress.Ended(reason) with { LeftOut = progress.LeftOut };
        var rest =
            progress.LastTaken < 0 ? target : walk.Within(target, list[progress.LastTaken], progress.LastTaken + 1);
        return rest is not null
            ? end with
            {
                Resume = rest,
            }
            : end with
            {
                Resume = target,
                Given = progress.LastTaken + 1,
            };
    }
}
