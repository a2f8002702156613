using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Server;

/// <summary>A caller has no tool of a name, or several.</summary>
public sealed class UnresolvedToolException : McpRuntimeException
{
    private const int MaxNamesInMessage = 10;

    /// <param name="name">What was asked for.</param>
    /// <param name="names">Where several tools have the name, the names to choose from; else names that are like
    /// it.</param>
    /// <param name="isAmbiguous">Several tools have the name.</param>
    public UnresolvedToolException(string name, IReadOnlyList<string> names, bool isAmbiguous)
        : base(Explain(name, names, isAmbiguous)) => IsAmbiguous = isAmbiguous;

    /// <summary>Several tools have the name.</summary>
    public bool IsAmbiguous { get; }

    private static string Explain(string name, IReadOnlyList<string> names, bool isAmbiguous)
    {
        var shown = UntrustedText.Shorten(UntrustedText.ForTerminal(name), WireName.MaxLength * 2);
        if (isAmbiguous)
            return $"Several connectors have a tool '{shown}'. Call one of: {Join(names)}.";
        return names.Count == 0
            ? $"There is no tool '{shown}'; tools/list has the names."
            : $"There is no tool '{shown}'. Did you mean {Join(names)}?";
    }

    private static string Join(IReadOnlyList<string> names) =>
        names.Count <= MaxNamesInMessage
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MaxNamesInMessage))} and {names.Count - MaxNamesInMessage} more";
}
