using McpRuntime.Calls;
using McpRuntime.Cmdlets.Answers;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>How a command calls a tool, and what becomes of the answer.</summary>
internal sealed record CallSettings
{
    public AnswerShape Shape { get; init; }

    /// <summary>The file for the body, as the user gave it; null for none.</summary>
    public string? OutFile { get; init; }

    /// <summary><see cref="OutFile"/> is replaced if it exists.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Longest answer; null for any.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The time of the whole call; null for that of the tool.</summary>
    public CallTimeout? Timeout { get; init; }

    /// <summary>Which of several accounts; null for what settings and manifest choose.</summary>
    public string? Profile { get; init; }

    /// <summary>The end of an operation that the API only accepts is waited for.</summary>
    public bool Waits { get; init; }

    /// <summary>The items of a list page by page; null for the answer as it is.</summary>
    public PageWish? Pages { get; init; }

    /// <summary>Name of the variable for response headers; null for none.</summary>
    public string? HeadersVariable { get; init; }

    /// <summary>Name of the variable for the HTTP status; null for none.</summary>
    public string? StatusVariable { get; init; }

    /// <summary>The call is made in the background.</summary>
    public bool AsJob { get; init; }

    /// <summary>What does not go together; null where all does.</summary>
    public string? Conflict()
    {
        var shape = Shape switch
        {
            AnswerShape.Raw => "-Raw",
            AnswerShape.Json => "-AsJson",
            AnswerShape.Hashtables => "-AsHashtable",
            _ => null,
        };
        if (shape is not null && OutFile is not null)
            return $"{shape} and -OutFile cannot be used together.";
        var whole = OutFile is not null ? "-OutFile" : shape;
        if (Pages is not null && whole is not (null or "-AsHashtable"))
            return $"-First, -Skip and -All return items, so they cannot be used together with {whole}.";
        // A job has no variables of this session.
        var variable =
            StatusVariable is not null ? "-StatusCodeVariable"
            : HeadersVariable is not null ? "-ResponseHeadersVariable"
            : null;
        return AsJob && variable is not null ? $"-AsJob and {variable} cannot be used together." : null;
    }
}

/// <summary>The items of a list that are wanted.</summary>
/// <param name="First">At most this many; null for all.</param>
/// <param name="Skip">Left out at the beginning.</param>
internal sealed record PageWish(long? First, long Skip)
{
    /// <summary>
    /// What -First, -Skip and -All ask for; null where none of them is given.
    /// </summary>
    public static PageWish? Of(long? first, long? skip, bool all) =>
        all || first is not null || skip is not null ? new PageWish(first, skip ?? 0) : null;

    /// <summary>How many items are read at most; null for all.</summary>
    public long? Most => First is { } first && first <= long.MaxValue - Skip ? first + Skip : null;
}
