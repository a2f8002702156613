namespace McpRuntime.Json.Selecting;

/// <summary>
/// The parts of an answer that someone asked for, such as <c>items[].{id,title,user.login}</c>, or all but some:
/// <c>-items[].body</c>. What is kept stays where it is, numbers to the last digit. docs/answers.md describes it.
/// Immutable.
/// </summary>
internal sealed class Selection
{
    /// <summary>Longest text of a selection, in characters.</summary>
    public const int MaxLength = 2000;

    /// <summary>Deepest place that a selection names.</summary>
    public const int MaxDepth = 32;

    private Selection(string text, SelectNode root, int count) => (Text, Root, Count) = (text, root, count);

    /// <summary>As it was given.</summary>
    public string Text { get; }

    internal SelectNode Root { get; }

    /// <summary>Places that it names, the answer itself included.</summary>
    internal int Count { get; }

    /// <summary>Reads a selection.</summary>
    /// <param name="text">The text.</param>
    /// <param name="selection">Null where it is none.</param>
    /// <returns>What is wrong with it, and where; null for nothing.</returns>
    public static string? Read(string text, out Selection? selection) => Read(text, drop: null, out selection);

    /// <summary>Reads a selection of what is kept, and of what is left out.</summary>
    /// <param name="keep">Null for all.</param>
    /// <param name="drop">Paths without <c>-</c>; null for nothing.</param>
    /// <param name="selection">Null where it is none.</param>
    /// <returns>What is wrong with it, and where; null for nothing.</returns>
    public static string? Read(string? keep, string? drop, out Selection? selection)
    {
        selection = null;
        var root = new SelectNode();
        var count = 0;
        foreach (var (text, isDrop) in (ReadOnlySpan<(string?, bool)>)[(keep, false), (drop, true)])
        {
            if (text is null)
                continue;
            if (text.Length > MaxLength)
                return $"it is longer than {MaxLength} characters";
            var parser = new SelectParser(text, count);
            if (!parser.TryRead(root, isDrop))
                return parser.Fault;
            count = parser.Count;
        }
        root.Finish();
        selection = new Selection(keep ?? $"-{{{drop}}}", root, count + 1);
        return null;
    }

    /// <summary>The selected parts of an answer. One pass; the work grows with the answer alone.</summary>
    /// <param name="json">Valid JSON, at most 64 levels deep.</param>
    internal SelectedJson Apply(ReadOnlyMemory<byte> json) => new SelectRun(this).Apply(json);

    public override string ToString() => Text;
}

/// <summary>What a selection keeps of an answer.</summary>
/// <param name="Json">Valid JSON.</param>
/// <param name="IsEmpty">The answer has nothing of what was asked for.</param>
/// <param name="Missing">What was asked for by name and is nowhere in the answer.</param>
internal sealed record SelectedJson(JsonText Json, bool IsEmpty, IReadOnlyList<MissingPart> Missing);

/// <summary>A part that is not in an answer.</summary>
/// <param name="Path">As a selection names it.</param>
/// <param name="Names">What there is in its place, as far as the answer shows it.</param>
internal sealed record MissingPart(string Path, IReadOnlyList<string> Names);
