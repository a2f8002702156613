using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>
/// A command for one or several tools, each of which is a parameter set: all that a class for it, its help and its
/// completion are made of.
/// </summary>
internal sealed record CommandModel
{
    /// <summary>An approved verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Singular, with the prefix: <c>GhRepoIssue</c>.</summary>
    public required string Noun { get; init; }

    public string Name => $"{Verb}-{Noun}";

    /// <summary>In the order in which they are shown; the first is the default.</summary>
    public required IReadOnlyList<CommandSet> Sets { get; init; }

    /// <summary>Without those that every command has.</summary>
    public required IReadOnlyList<CommandParameter> Parameters { get; init; }

    /// <summary>
    /// It has -First, -Skip and -All in the sets of tools that answer with a list in pages; not where an argument of
    /// one of its tools has such a name.
    /// </summary>
    public required bool HasPages { get; init; }

    /// <summary>
    /// Names of the types that its objects have (<c>McpRuntime.Github.Issue</c>); empty where nothing is known.
    /// </summary>
    public required IReadOnlyList<string> OutputTypes { get; init; }
}

/// <summary>One tool as a parameter set of a command.</summary>
/// <param name="Name">The parameter set.</param>
/// <param name="Tool">The tool.</param>
internal sealed record CommandSet(string Name, McpTool Tool)
{
    /// <summary>The tool's name in its manifest, or on its server.</summary>
    public string ToolName => Tool.Served?.ManifestName ?? Tool.Name;
}
