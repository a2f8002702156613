using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.OpenApi.Naming;

namespace McpRuntime.Import.Merging;

/// <summary>What an import over an existing manifest kept of it.</summary>
/// <param name="Endpoint">The tool's endpoint; <c>#/definitions/NAME</c> for a shared schema.</param>
/// <param name="What">
/// <c>name</c>, <c>title</c>, <c>description</c>, <c>limits</c>, <c>answer</c>, <c>argument_check</c>, <c>pin</c>,
/// <c>pagination</c>, <c>input_schema</c> or <c>definition</c>.
/// </param>
/// <param name="Kept">What the manifest has; of an input schema, the arguments that differ.</param>
/// <param name="Imported">What the import alone would have written.</param>
public sealed record KeptEdit(string Endpoint, string What, string? Kept, string? Imported);

/// <summary>An import over an existing manifest.</summary>
/// <param name="Import">The import with what was kept in its manifest and in its tools.</param>
/// <param name="Kept">In the order of the tools.</param>
internal sealed record MergedImport(ImportResult Import, IReadOnlyList<KeptEdit> Kept);

/// <summary>
/// Imports again: the names of tools stay with their endpoints, because callers know them, and titles, descriptions,
/// limits, answer rules, paging and input schemas that were written or changed by hand stay too. All else comes from
/// the document.
/// </summary>
internal static class ImportMerge
{
    /// <param name="existing">The manifest as it is.</param>
    /// <param name="import">The new import; one without a manifest comes back as it is.</param>
    /// <param name="keepName">False where the person gave the connector a name with this import.</param>
    public static MergedImport Merge(ConnectorManifest existing, ImportResult import, bool keepName = true)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(import);
        if (import.Manifest is not { } fresh)
            return new MergedImport(import, []);
        var known = new Dictionary<string, ToolManifest>(StringComparer.Ordinal);
        foreach (var tool in existing.Tools)
            known.TryAdd(tool.Endpoint, tool);
        var kept = new List<KeptEdit>();
        var schemas = new SchemaMerge(existing, fresh);
        var names = Names(fresh.Tools, known);
        var tools = new List<ToolManifest>(fresh.Tools.Count);
        var imported = new List<ImportedTool>(fresh.Tools.Count);
        for (var i = 0; i < fresh.Tools.Count; i++)
        {
            var earlier = known.GetValueOrDefault(fresh.Tools[i].Endpoint);
            var tool = Merge(earlier, fresh.Tools[i], kept) with { Name = names[i] };
            if (earlier is not null)
                tool = schemas.Merge(earlier, tool);
            if (names[i] != fresh.Tools[i].Name)
                kept.Add(new KeptEdit(tool.Endpoint, "name", names[i], fresh.Tools[i].Name));
            tools.Add(tool);
            imported.Add(import.Tools[i] with { Name = names[i] });
        }
        var manifest = fresh with
        {
            Name = keepName ? existing.Name : fresh.Name,
            // A document without any does not say how its API knows callers; a user may have.
            SecuritySchemes =
                fresh.SecuritySchemes.Count == 0
                    ? existing.SecuritySchemes
                    : SignInMerge.Of(existing.SecuritySchemes, fresh.SecuritySchemes),
            Security = fresh.SecuritySchemes.Count == 0 ? existing.Security : fresh.Security,
            Credentials = existing.Credentials,
            Limits = existing.Limits,
            Answer = existing.Answer,
            Cache = existing.Cache,
            CommandPrefix = fresh.CommandPrefix ?? existing.CommandPrefix,
            ArgumentCheck = existing.ArgumentCheck,
            Definitions = schemas.Definitions(),
            Tools = tools,
        };
        return new MergedImport(
            import with
            {
                Manifest = manifest,
                Tools = imported,
                Findings = [.. import.Findings, .. schemas.Findings],
            },
            [.. kept, .. schemas.Kept]
        );
    }

    // Kept names first: a new tool that would take one of them gets the suffix that coinciding names always get.
    private static string[] Names(IReadOnlyList<ToolManifest> tools, Dictionary<string, ToolManifest> known)
    {
        var names = new string[tools.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (known.TryGetValue(tools[i].Endpoint, out var tool) && taken.Add(tool.Name))
                names[i] = tool.Name;
        }
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is null)
                names[i] = taken.Add(tools[i].Name)
                    ? tools[i].Name
                    : ToolNamer.WithSuffix(tools[i].Name, tools[i].Endpoint, taken);
        }
        return names;
    }

    private static ToolManifest Merge(ToolManifest? existing, ToolManifest fresh, List<KeptEdit> kept)
    {
        if (existing is null)
            return fresh;
        var merged = fresh with { Command = existing.Command };
        if (
            existing.Title != fresh.Title
            && IsOwn(existing, TextFingerprint.IsTitleEdited(existing.ImportedText, existing.Title))
        )
        {
            merged = merged with { Title = existing.Title };
            kept.Add(new KeptEdit(fresh.Endpoint, "title", existing.Title, fresh.Title));
        }
        if (
            existing.Description != fresh.Description
            && IsOwn(existing, TextFingerprint.IsDescriptionEdited(existing.ImportedText, existing.Description))
        )
        {
            merged = merged with { Description = existing.Description };
            kept.Add(new KeptEdit(fresh.Endpoint, "description", existing.Description, fresh.Description));
        }
        if (existing.ArgumentCheck is { } check)
        {
            merged = merged with { ArgumentCheck = check };
            kept.Add(new KeptEdit(fresh.Endpoint, "argument_check", ManifestWords.ArgumentChecks[(int)check], null));
        }
        if (existing.Pin)
        {
            merged = merged with { Pin = true };
            kept.Add(new KeptEdit(fresh.Endpoint, "pin", "true", null));
        }
        if (existing.Pagination is { IsAsImported: false } pagination)
        {
            merged = merged with { Pagination = pagination };
            kept.Add(
                new KeptEdit(
                    fresh.Endpoint,
                    "pagination",
                    ManifestWords.PagingStyles[(int)pagination.Style],
                    fresh.Pagination is { } imported ? ManifestWords.PagingStyles[(int)imported.Style] : null
                )
            );
        }
        if (existing.Answer != AnswerRules.None)
        {
            merged = merged with { Answer = existing.Answer };
            kept.Add(new KeptEdit(fresh.Endpoint, "answer", "own", null));
        }
        if (existing.Limits == CallLimits.None)
            return merged;
        kept.Add(new KeptEdit(fresh.Endpoint, "limits", "own", null));
        return merged with { Limits = existing.Limits };
    }

    // Without fingerprints a user wrote the manifest, or an import that left none.
    private static bool IsOwn(ToolManifest existing, bool isEdited) => existing.ImportedText is null || isEdited;
}
