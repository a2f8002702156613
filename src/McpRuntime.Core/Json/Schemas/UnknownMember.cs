using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas;

/// <summary>The message about a member that a closed object does not know.</summary>
internal static class UnknownMember
{
    private const int ListUpTo = 12;

    /// <param name="keyword">The keyword that closes the object.</param>
    /// <param name="name">The member.</param>
    /// <param name="known">The names that the object has.</param>
    /// <param name="evaluation">Receives the violation, at the member.</param>
    /// <param name="isComplete">False where other schemas allow further names.</param>
    public static void Report(
        Keyword keyword,
        string name,
        IReadOnlyList<string> known,
        Evaluation evaluation,
        bool isComplete = true
    )
    {
        var isArgument = evaluation.Subject == SchemaSubject.Arguments && evaluation.Pointer.Length == 0;
        var place =
            isArgument ? "an argument of this tool"
            : evaluation.Pointer.Length == 0 ? "a known member"
            : $"a known member of {evaluation.Pointer}";
        var nearest = NearNames.Nearest(name, known);
        var allowed = known.Count switch
        {
            0 when !isComplete => "",
            0 => isArgument ? "; it takes none" : "; none are allowed",
            <= ListUpTo => $"; allowed: {string.Join(", ", known)}",
            _ => "",
        };
        var meant = nearest is null ? "" : $"; did you mean '{nearest}'?";
        evaluation.EnterChild(name);
        evaluation.AddSentence(
            keyword,
            $"'{Preview.Of(name)}' is not {place}{(nearest is not null ? meant : allowed)}"
        );
        evaluation.LeaveChild();
    }
}
