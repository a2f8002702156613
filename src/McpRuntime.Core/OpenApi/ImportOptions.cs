using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;

namespace McpRuntime.OpenApi;

/// <summary>What a user chooses about an import. Choices narrow; an empty list chooses everything.</summary>
public sealed record ImportOptions
{
    /// <summary>Name of the connector; null derives it from the document's title.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Takes the place of the document's servers; naming a host here also approves its private addresses.
    /// </summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>
    /// Globs over paths: <c>*</c> within a segment, <c>**</c> across segments, <c>?</c> one character.
    /// </summary>
    public IReadOnlyList<string> IncludePaths { get; init; } = [];

    public IReadOnlyList<string> ExcludePaths { get; init; } = [];

    public IReadOnlyList<string> IncludeTags { get; init; } = [];

    public IReadOnlyList<string> ExcludeTags { get; init; } = [];

    /// <summary>Globs over operationIds.</summary>
    public IReadOnlyList<string> IncludeOperations { get; init; } = [];

    /// <summary>HTTP methods, any case.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Only GET, HEAD, OPTIONS and QUERY.</summary>
    public bool ReadOnly { get; init; }

    public bool SkipDeprecated { get; init; }

    /// <summary>Maximum number of operations, in document order; null for all.</summary>
    public int? MaxTools { get; init; }

    /// <summary>Allows references outside the document's folder or origin.</summary>
    public bool AllowExternal { get; init; }

    /// <summary>The document's own servers may be private or loopback addresses.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Adds the diagnostics of Microsoft.OpenApi and fails on their errors.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Prefix of the PowerShell commands, see <see cref="Manifests.CommandPrefix"/>; null keeps that of the existing
    /// manifest. Without either no commands are named.
    /// </summary>
    public string? CommandPrefix { get; init; }

    /// <summary>How findings name these choices.</summary>
    public OptionNames Names { get; init; } = new();

    /// <summary>Is told how documents are downloaded; null for no one.</summary>
    public IDownloadObserver? Downloads { get; init; }

    /// <summary>The choices that a manifest records.</summary>
    public ImportChoices Choices =>
        new()
        {
            IncludePaths = IncludePaths,
            ExcludePaths = ExcludePaths,
            IncludeTags = IncludeTags,
            ExcludeTags = ExcludeTags,
            IncludeOperations = IncludeOperations,
            Methods = Methods,
            ReadOnly = ReadOnly,
            SkipDeprecated = SkipDeprecated,
            MaxTools = MaxTools,
            BaseUrl = BaseUrl?.OriginalString,
            Strict = Strict,
        };

    /// <summary>
    /// These options where they choose anything, else the recorded choices. What is recorded chooses and narrows; these
    /// options alone say what is approved.
    /// </summary>
    /// <param name="recorded">Of an existing manifest, which is not trusted.</param>
    public ImportOptions OrRecorded(ImportChoices? recorded) =>
        recorded is null || !Choices.IsEmpty
            ? this
            : this with
            {
                IncludePaths = recorded.IncludePaths,
                ExcludePaths = recorded.ExcludePaths,
                IncludeTags = recorded.IncludeTags,
                ExcludeTags = recorded.ExcludeTags,
                IncludeOperations = recorded.IncludeOperations,
                Methods = recorded.Methods,
                ReadOnly = recorded.ReadOnly,
                SkipDeprecated = recorded.SkipDeprecated,
                MaxTools = recorded.MaxTools,
                BaseUrl = recorded.BaseUrl is { } url ? new Uri(url, UriKind.RelativeOrAbsolute) : null,
                Strict = recorded.Strict,
            };
}
