namespace McpRuntime.Calls.Answers.Shortening;

/// <summary>Which items of the main list, or lines of a text, are shown.</summary>
/// <param name="From">The first, from 0.</param>
/// <param name="Count">At most.</param>
/// <param name="Contains">Only those with this text in a value, whatever its case; null for any.</param>
internal sealed record ResultWindow(int From = 0, int Count = int.MaxValue, string? Contains = null)
{
    public static ResultWindow Whole { get; } = new();
}

/// <summary>A list, an object with many members, or the lines of a text, of which not all is shown.</summary>
/// <param name="Path">As a selection names it; empty for the answer itself.</param>
/// <param name="Kind">What is counted, such as <c>items</c>.</param>
/// <param name="From">The first that is shown, from 0.</param>
/// <param name="Shown">How many are.</param>
/// <param name="Next">Where to read on; null where nothing follows.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Matches">How many of them have the text that was asked for; null where none was.</param>
/// <param name="TooLong">Says what the first is where it alone is too long; null where it is not.</param>
internal sealed record ShownPart(
    string Path,
    string Kind,
    int From,
    int Shown,
    int? Next,
    int Total,
    int? Matches,
    string? TooLong
);

/// <summary>A value that is left out whole.</summary>
/// <param name="Path">As a selection names it.</param>
/// <param name="Bytes">Of its JSON.</param>
internal sealed record OmittedPart(string Path, int Bytes);
