using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Examples;

namespace McpRuntime.OpenApi;

/// <summary>What an import made, what it left out and why.</summary>
public sealed record ImportResult
{
    /// <summary>The connector; null when <see cref="Findings"/> hold an error that leaves nothing to import.</summary>
    public required ConnectorManifest? Manifest { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>In the order of the document.</summary>
    public required IReadOnlyList<SkippedOperation> Skipped { get; init; }

    /// <summary>One for each tool of <see cref="Manifest"/>, in its order.</summary>
    public required IReadOnlyList<ImportedTool> Tools { get; init; }

    /// <summary>The document's own request examples, tried on the tools.</summary>
    public ExampleCounts Examples { get; init; } = ExampleCounts.None;

    /// <summary>How many tools have pages, by the manifest's word for the style; the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Pagination =>
        [
            .. (Manifest?.Tools ?? [])
                .Where(tool => tool.Pagination is { Style: not PagingStyle.None })
                .GroupBy(tool => tool.Pagination!.Style)
                .Select(group => KeyValuePair.Create(ManifestWords.PagingStyles[(int)group.Key], group.Count()))
                .OrderByDescending(style => style.Value),
        ];

    /// <summary>PowerShell commands with their prefix, one for each tool; null for a tool that has none.</summary>
    public IEnumerable<string?> Commands =>
        Manifest?.CommandPrefix is { } prefix
            ? Manifest.Tools.Select(tool => tool.Command?.WithPrefix(prefix))
            : Tools.Select(_ => (string?)null);

    /// <summary>Approximate size of the whole tool list in tokens of a language model.</summary>
    public int EstimatedTokens => Tools.Sum(tool => tool.EstimatedTokens);

    /// <summary>An import that came to nothing.</summary>
    /// <param name="findings">Why; at least one is an error.</param>
    public static ImportResult Failed(IReadOnlyList<Finding> findings) =>
        new()
        {
            Manifest = null,
            Findings = findings,
            Skipped = [],
            Tools = [],
        };
}

/// <summary>An operation that did not become a tool.</summary>
/// <param name="Method">Upper-case HTTP method; <c>WEBHOOK</c> or <c>CALLBACK</c> for those.</param>
/// <param name="Path">Path template or name.</param>
/// <param name="Reason">One line.</param>
public sealed record SkippedOperation(string Method, string Path, string Reason);

/// <param name="Name">Tool name.</param>
/// <param name="Endpoint">The manifest's endpoint.</param>
/// <param name="OperationId">As the document has it.</param>
/// <param name="EstimatedTokens">UTF-8 bytes of the tool's entry in <c>tools/list</c>, shared schemas included, divided
/// by four.</param>
public sealed record ImportedTool(string Name, string Endpoint, string? OperationId, int EstimatedTokens)
{
    /// <summary>The PowerShell command that the document asks for, <c>x-mcp.cmdlet</c>.</summary>
    internal CommandName? Command { get; init; }
}
