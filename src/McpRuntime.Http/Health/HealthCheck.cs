using McpRuntime.Calls;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Sending;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Http.Storage;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Health;

/// <param name="IsReady">See <see cref="HealthCheck.IsReady"/>.</param>
/// <param name="Problem">What keeps it from working, or from all of it; null for nothing.</param>
/// <param name="Connectors">Each that is served or should be.</param>
internal sealed record HealthReport(bool IsReady, string? Problem, IReadOnlyList<ConnectorHealth> Connectors);

/// <param name="Project">Null outside of projects.</param>
/// <param name="Name">Name of the connector.</param>
/// <param name="Manifest"><c>good</c>, <c>disabled</c> or what is wrong.</param>
/// <param name="Credentials"><c>good</c>, <c>not needed</c> or which are missing.</param>
/// <param name="Breaker"><c>closed</c>, or which origin is not called after failures.</param>
internal sealed record ConnectorHealth(
    string? Project,
    string Name,
    string Manifest,
    string Credentials,
    string Breaker
);

/// <summary>
/// Looks whether the gateway can work. It calls no upstream: health must not depend on, or load, what others run.
/// </summary>
internal sealed class HealthCheck(
    FolderConnectors folder,
    ProjectTable projects,
    ProjectStore store,
    ToolCaller caller,
    GatewayState state
)
{
    // Probes of a balancer give up after a second or a few; an answer in time says more than none.
    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// This replica takes new work. A database that does not answer is no reason against it: callers that are known go
    /// on without it, and a balancer that heeds this would lose all replicas at once.
    /// </summary>
    public bool IsReady => !state.IsDraining && folder.Loaded.IsCompleted;

    /// <param name="sees">
    /// Whether to look at the connectors of a project, or of the folder where it is null: a look may ask a vault, which
    /// is not for those who are not told.
    /// </param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<HealthReport> RunAsync(Func<string?, bool> sees, CancellationToken cancellationToken)
    {
        var connectors = new List<ConnectorHealth>();
        if (sees(null))
            await LookAtFolderAsync(connectors, cancellationToken);
        foreach (var name in projects.Names.Where(sees).Order(StringComparer.Ordinal))
        {
            if (projects.Find(name) is not { } project)
                continue;
            foreach (var manifest in project.Current.Connectors)
                connectors.Add(await LookAsync(manifest, name, "good", cancellationToken));
            foreach (var connector in project.NotServed)
                connectors.Add(NotServed(name, connector.Connector, connector.Why));
        }
        return new HealthReport(IsReady, await ProblemAsync(cancellationToken), connectors);
    }

    private async Task LookAtFolderAsync(List<ConnectorHealth> connectors, CancellationToken cancellationToken)
    {
        foreach (var loaded in folder.Folder.Connectors)
        {
            var manifest =
                loaded.IsOutdated
                    ? (
                        folder.Folder.Refused.Any(refused => refused.Path == loaded.Path)
                            ? "the file is not what was reviewed, its previous version is served: "
                            : "the file is no longer valid, its previous version is served: "
                    )
                        + BrokenManifests.Summary([
                            .. folder.Folder.Findings.Where(finding => finding.Source == loaded.Path),
                        ])
                : folder.IsDisabled(loaded.Manifest.Name) ? "disabled"
                : "good";
            connectors.Add(await LookAsync(loaded.Manifest, null, manifest, cancellationToken));
        }
        foreach (var broken in folder.Broken)
            connectors.Add(NotServed(null, broken.Name, broken.Why));
    }

    // No one knows what it would need.
    private static ConnectorHealth NotServed(string? project, string connector, string why) =>
        new(project, connector, why, "not needed", BreakerState.Closed.Word());

    private async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (state.IsDraining)
            return "The gateway is draining.";
        if (!folder.Loaded.IsCompleted)
            return "The connectors are loading.";
        try
        {
            await DatabaseOutage.WithinAsync(DatabaseLimit, store.StampAsync, cancellationToken);
            return null;
        }
        catch (Exception exception)
            when (DatabaseOutage.IsCause(exception) && !cancellationToken.IsCancellationRequested)
        {
            return DatabaseOutage.Silent;
        }
    }

    // One tool of each set of requirements and each server stands for the others.
    private async Task<ConnectorHealth> LookAsync(
        ConnectorManifest manifest,
        string? project,
        string state,
        CancellationToken cancellationToken
    )
    {
        var named = project is null ? manifest : manifest with { Name = $"{project}/{manifest.Name}" };
        var plans = manifest
            .Tools.DistinctBy(tool => (tool.Security ?? manifest.Security, tool.Server))
            .Select(tool => CallPlan.Create(named, tool))
            .ToList();
        return new ConnectorHealth(
            project,
            manifest.Name,
            state,
            await CredentialsAsync(plans, cancellationToken),
            Breaker(plans)
        );
    }

    private async Task<string> CredentialsAsync(List<CallPlan> plans, CancellationToken cancellationToken)
    {
        foreach (var plan in plans)
        {
            if (await caller.ExplainMissingCredentialAsync(plan, cancellationToken) is { } missing)
                return missing;
        }
        return plans.Exists(plan => plan.NeedsCredential) ? "good" : "not needed";
    }

    private string Breaker(List<CallPlan> plans)
    {
        var changed = plans
            .Where(plan => plan.Problem is null)
            .Select(plan => plan.Origin)
            .Distinct()
            .Select(origin => (Origin: origin, State: caller.BreakerOf(origin)))
            .Where(breaker => breaker.State != BreakerState.Closed)
            .Select(breaker => $"{breaker.State.Word()} for {breaker.Origin}")
            .ToList();
        return changed.Count == 0 ? BreakerState.Closed.Word() : string.Join(", ", changed);
    }
}
