using System.Text;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;

namespace McpRuntime.Http.Projects;

/// <summary>
/// Imports an OpenAPI document for a project. The document is fetched under the gateway's own address rules: anyone who
/// may manage must not reach hosts of the gateway's network, or files of its machine, through it. The networks that the
/// operator allows are for holders of <see cref="Access.Rights.Network"/>.
/// </summary>
internal sealed class ProjectImport(RuntimeSettings settings, GuardedHttp http, ConnectorStore store)
{
    private static readonly AddressPolicy PublicOnly = AddressPolicy.PublicUnless(
        "A holder of the right 'network' can import from the networks of MCP_RUNTIME_ALLOWED_NETWORKS."
    );

    /// <param name="project">The project.</param>
    /// <param name="body">The request.</param>
    /// <param name="reachesPrivate">The caller holds the right 'network'.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The request or the document cannot be used.</exception>
    public async Task<ConnectorCandidate> RunAsync(
        Project project,
        JsonElement body,
        bool reachesPrivate,
        CancellationToken cancellationToken
    )
    {
        body.AllowOnly(ImportRequest.Fields);
        var name = body.Text("name", ConnectorName.MaxLength);
        var before = name is null ? null : await store.FindAsync(project.Name, name, cancellationToken);
        var recorded = ConnectorInstallation.ManifestOf(before)?.Source;
        var source = ImportRequest.SourceOf(body, recorded);
        var options = ImportRequest.OptionsOf(body).OrRecorded(recorded?.Choices);
        var policy = reachesPrivate
            ? AddressPolicy.Within(settings.AllowedNetworks, names: GatewayOptionNames.Names)
            : PublicOnly;
        var importer = new OpenApiImporter(new DocumentLoader(settings.DocumentLimits, _ => http.For(policy)));
        var result = await importer.ImportAsync(source, options, cancellationToken);
        if (result.Manifest is not { } manifest)
            throw NothingIn(result);
        before ??= await store.FindAsync(project.Name, manifest.Name, cancellationToken);
        return Choose(body, before, result);
    }

    private static ConnectorCandidate Choose(JsonElement body, ProjectConnector? before, ImportResult result)
    {
        var existing = ConnectorInstallation.ManifestOf(before);
        var all = existing is null ? new PreparedImport(result) : Reimport.Over(existing, result);
        if (all.Result.Manifest is not { } manifest)
            throw NothingIn(all.Result);
        var names = body.Texts("tools");
        if (names is not null)
            CheckNames(names, manifest);
        var known = (existing?.Tools ?? []).Select(tool => tool.Endpoint).ToHashSet(StringComparer.Ordinal);
        var filter = new ToolFilter(names ?? []);
        // A choice that was made once counts until another one is made.
        var isChoice = names is null ? before?.IsChoice ?? false : !names.Contains("*");
        var chosen = ImportedTools.Of(all.Result, tool =>
            names is null ? !isChoice || known.Contains(tool.Endpoint) : filter.AllowsName(tool.Name)
        );
        return new ConnectorCandidate(before, all, chosen)
        {
            IsChoice = isChoice,
            Difference = existing is null ? null : ManifestComparison.Compare(existing, chosen.Manifest!),
        };
    }

    private static void CheckNames(IReadOnlyList<string> names, ConnectorManifest manifest)
    {
        var unknown = names
            .Where(name => !manifest.Tools.Any(tool => new ToolFilter([name]).AllowsName(tool.Name)))
            .Select(name => $"'{UntrustedText.Clean(name)}'")
            .ToList();
        if (names.Count == 0 || unknown.Count > 0)
            throw new ProblemException(
                Problem.Invalid(
                    names.Count == 0
                        ? "'tools' is empty. Leave it out, or name tools of the document; '*' takes all."
                        : $"'tools' names {string.Join(", ", unknown)}, which the document does not have. A request "
                            + "with \"preview\": true lists the tools."
                )
            );
    }

    private static ProblemException NothingIn(ImportResult result) =>
        new(
            new(
                422,
                "invalid-document",
                "Nothing could be imported",
                $"{CountText.Of(result.Findings.Count, "finding")}."
            )
            {
                Findings = result.Findings,
            }
        );
}

/// <summary>What an import would install.</summary>
/// <param name="Before">The connector that it replaces; null for none.</param>
/// <param name="All">All tools of the document under the request's filters, merged with what is there.</param>
/// <param name="Chosen">Those that were chosen; has a manifest.</param>
internal sealed record ConnectorCandidate(ProjectConnector? Before, PreparedImport All, ImportResult Chosen)
{
    /// <inheritdoc cref="ProjectConnector.IsChoice"/>
    public bool IsChoice { get; init; }

    /// <summary>Between what is there and <see cref="Chosen"/>; null where nothing is there.</summary>
    public ManifestDifference? Difference { get; init; }
}
