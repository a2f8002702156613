using McpRuntime.Calls.Answers;

namespace McpRuntime.Calls.Paging;

/// <summary>Why no further page was read.</summary>
public enum PageEndReason
{
    /// <summary>The list has ended.</summary>
    Complete,

    /// <summary>The caller has as many items as it wanted.</summary>
    Items,

    /// <summary>The most pages of one call were read.</summary>
    Pages,

    /// <summary>The most bytes of one call were read.</summary>
    Bytes,

    /// <summary>A page could not be read.</summary>
    Failed,

    /// <summary>What the API sent does not lead to a next page.</summary>
    Stopped,
}

/// <summary>The end of a list that was read page by page.</summary>
/// <param name="Reason">Why there are no more pages.</param>
/// <param name="Pages">Pages that were read.</param>
/// <param name="Items">Items that were given.</param>
public sealed record PageEnd(PageEndReason Reason, int Pages, long Items)
{
    /// <summary>What kept the next page from being read; null where nothing did.</summary>
    public string? Why { get; init; }

    /// <summary>Items that had come before and were left out.</summary>
    public long Repeated { get; init; }

    /// <summary>Items of the last page that were not given.</summary>
    public int LeftOut { get; init; }

    /// <summary>The answer of the page that failed; null for none.</summary>
    public ToolAnswer? Failure { get; init; }

    /// <summary>What asks for what comes next; null where nothing does.</summary>
    internal PageTarget? Resume { get; init; }

    /// <summary>Items at the beginning of <see cref="Resume"/>'s page that were given already.</summary>
    internal int Given { get; init; }

    /// <summary>All items of the list were given.</summary>
    public bool IsComplete => Reason == PageEndReason.Complete;
}
