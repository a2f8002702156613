using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Import;

/// <summary>Takes some of the tools of an import.</summary>
public static class ImportedTools
{
    /// <summary>The import with the chosen tools, and the shared schemas that they need.</summary>
    /// <param name="import">Has a manifest.</param>
    /// <param name="isChosen">Whether to take a tool of the manifest.</param>
    public static ImportResult Of(ImportResult import, Func<ToolManifest, bool> isChosen)
    {
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(isChosen);
        var manifest = import.Manifest!;
        var taken = manifest.Tools.Zip(import.Tools).Where(pair => isChosen(pair.First)).ToList();
        return taken.Count == manifest.Tools.Count
            ? import
            : import with
            {
                Manifest = manifest with
                {
                    Tools = [.. taken.Select(pair => pair.First)],
                    Definitions = NeededBy([.. taken.Select(pair => pair.First)], manifest.Definitions),
                },
                Tools = [.. taken.Select(pair => pair.Second)],
            };
    }

    // In their order, with those that they lead to.
    private static OrderedDictionary<string, JsonText> NeededBy(
        List<ToolManifest> tools,
        IReadOnlyDictionary<string, JsonText> definitions
    )
    {
        var shared = new SharedSchemas(definitions);
        var references = tools
            .SelectMany(tool => new[] { tool.InputSchema, tool.OutputSchema })
            .OfType<JsonText>()
            .Where(schema => shared.MayBeReferredTo(schema.Utf8.Span))
            .SelectMany(schema => ScannedSchema.Of(schema.Utf8, shared.Positions, hasOwnRoot: true).References)
            .ToList();
        var reached = shared.Reach(references);
        return new OrderedDictionary<string, JsonText>(definitions.Where((_, position) => reached[position]));
    }
}
