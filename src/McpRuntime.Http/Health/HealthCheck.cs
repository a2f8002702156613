using System.Data.Common;
using McpRuntime.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Http.RuntimeControl;
using McpRuntime.Manifests;

namespace McpRuntime.Http.Health;

/// <param name="Problem">Why the gateway cannot work; null when it can.</param>
/// <param name="Connectors">Each that is served or should be.</param>
internal sealed record HealthReport(string? Problem, IReadOnlyList<ConnectorHealth> Connectors);

/// <param name="Project">Null outside of projects.</param>
/// <param name="Name">Name of the connector.</param>
/// <param name="Manifest"><c>good</c>, <c>disabled</c> or what is wrong.</param>
/// <param name="Credentials"><c>good</c>, <c>not needed</c> or which are missing.</param>
internal sealed record ConnectorHealth(string? Project, string Name, string Manifest, string Credentials);

/// <summary>Looks whether the gateway can work. It calls no upstream: health must not depend on, or load, what others run.</summary>
internal sealed class HealthCheck(
    FolderConnectors folder, ProjectTable projects, ProjectStore store, ToolCaller caller, GatewayState state)
{
    public async Task<HealthReport> RunAsync(CancellationToken cancellationToken)
    {
        var connectors = new List<ConnectorHealth>();
        foreach (var loaded in folder.Folder.Connectors)
        {
            var manifest = loaded.IsOutdated
                ? "the file is not valid any more; the version before it is served"
                : folder.IsDisabled(loaded.Manifest.Name) ? "disabled" : "good";
            connectors.Add(new ConnectorHealth(
                null, loaded.Manifest.Name, manifest, await CredentialsAsync(loaded.Manifest, null, cancellationToken)));
        }
        foreach (var name in projects.Names.Order(StringComparer.Ordinal))
        {
            foreach (var manifest in projects.Find(name)?.Current.Connectors ?? [])
                connectors.Add(new ConnectorHealth(name, manifest.Name, "good", await CredentialsAsync(manifest, name, cancellationToken)));
        }
        return new HealthReport(await ProblemAsync(cancellationToken), connectors);
    }

    private async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (state.IsDraining)
            return "The gateway drains.";
        if (!folder.Loaded.IsCompleted)
            return "The connectors are being loaded.";
        try
        {
            await store.StampAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            return "The database does not answer.";
        }
    }

    // One tool of each set of requirements stands for the others.
    private async Task<string> CredentialsAsync(ConnectorManifest manifest, string? project, CancellationToken cancellationToken)
    {
        var named = project is null ? manifest : manifest with { Name = $"{project}/{manifest.Name}" };
        var needed = false;
        foreach (var tool in manifest.Tools.DistinctBy(tool => tool.Security ?? manifest.Security))
        {
            var plan = CallPlan.Create(named, tool);
            needed |= plan.NeedsCredential;
            if (await caller.ExplainMissingCredentialAsync(plan, cancellationToken) is { } missing)
                return missing;
        }
        return needed ? "good" : "not needed";
    }
}
