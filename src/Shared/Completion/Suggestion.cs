namespace McpRuntime.ShellCompletion;

/// <summary>A word that may come next, and a line on it for shells that show one.</summary>
internal sealed record Suggestion(string Value, string Description = "");

/// <summary>Paths that a shell completes itself.</summary>
internal enum PathKind
{
    None,
    Files,
    Folders,
}

/// <summary>What may stand where the cursor is.</summary>
internal sealed record SuggestionList(PathKind Paths, IReadOnlyList<Suggestion> Values)
{
    public static SuggestionList Nothing { get; } = new(PathKind.None, []);
}
