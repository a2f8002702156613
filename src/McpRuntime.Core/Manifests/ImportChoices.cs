namespace McpRuntime.Manifests;

/// <summary>
/// What a user chose at the import, so that a later one can choose the same (<c>source.choices</c>). A manifest is not
/// trusted: it holds choices that narrow, and the server, which approves nothing when it is read from here. What lets
/// an import read more or approves a host is not recorded.
/// </summary>
public sealed record ImportChoices
{
    public static ImportChoices None { get; } = new();

    public IReadOnlyList<string> IncludePaths { get; init; } = [];

    public IReadOnlyList<string> ExcludePaths { get; init; } = [];

    public IReadOnlyList<string> IncludeTags { get; init; } = [];

    public IReadOnlyList<string> ExcludeTags { get; init; } = [];

    public IReadOnlyList<string> IncludeOperations { get; init; } = [];

    public IReadOnlyList<string> Methods { get; init; } = [];

    public bool ReadOnly { get; init; }

    public bool SkipDeprecated { get; init; }

    /// <summary>From 1.</summary>
    public int? MaxTools { get; init; }

    /// <summary>The server that takes the place of the document's.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The diagnostics of Microsoft.OpenApi count.</summary>
    public bool Strict { get; init; }

    /// <summary>Nothing was chosen.</summary>
    public bool IsEmpty =>
        IncludePaths.Count == 0
        && ExcludePaths.Count == 0
        && IncludeTags.Count == 0
        && ExcludeTags.Count == 0
        && IncludeOperations.Count == 0
        && Methods.Count == 0
        && this is { ReadOnly: false, SkipDeprecated: false, MaxTools: null, BaseUrl: null, Strict: false };
}
