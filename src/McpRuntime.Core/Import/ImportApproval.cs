using McpRuntime.Approvals;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;

namespace McpRuntime.Import;

/// <summary>
/// What importing approves. A user who imports a document for the first time trusts the servers that it names with
/// the connector's credentials. A later import does not widen that by itself: a document that changed hands, or was
/// changed on its way, would otherwise carry the credentials off.
/// </summary>
public static class ImportApproval
{
    /// <summary>Records the approvals of one import.</summary>
    /// <param name="store">The user's record.</param>
    /// <param name="manifest">What was imported.</param>
    /// <param name="options">What the person chose; naming a host with the base URL approves it.</param>
    /// <param name="approveAll">The person approves every origin of the manifest, whatever was approved before.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    /// <returns>The origins that stay without credentials, because earlier imports named others.</returns>
    /// <exception cref="McpRuntimeException">The record cannot be read or written.</exception>
    public static Task<IReadOnlyList<Origin>> RecordAsync(
        ApprovalStore store,
        ConnectorManifest manifest,
        ImportOptions options,
        bool approveAll,
        CancellationToken cancellationToken
    ) => RecordAsync(store, manifest, options, approveAll, isUpdate: false, cancellationToken);

    // A manifest, and not the user, named the document of an update: it approves nothing, also not at first.
    internal static async Task<IReadOnlyList<Origin>> RecordAsync(
        ApprovalStore store,
        ConnectorManifest manifest,
        ImportOptions options,
        bool approveAll,
        bool isUpdate,
        CancellationToken cancellationToken
    )
    {
        var origins = OriginsOf(manifest);
        var before = store.For(manifest.Name);
        var named = options.BaseUrl is { } url ? Origin.Of(url) : (Origin?)null;
        var approved = origins
            .Where(origin => approveAll || IsFirst() || origin == named || before.Allows(origin))
            .ToList();
        var hosts = options.AllowPrivate ? origins.Select(origin => origin.Host).ToList() : [];
        if (named is { } origin)
            hosts.Add(origin.Host);
        await store.ApproveAsync(manifest.Name, approved, hosts.Distinct(StringComparer.Ordinal), cancellationToken);
        return [.. origins.Except(approved)];

        bool IsFirst() => !isUpdate && before.Origins.Count == 0;
    }

    // A URL whose variables have no default names no origin yet; anyone who sets the variable approves it.
    private static List<Origin> OriginsOf(ConnectorManifest manifest)
    {
        var origins = new List<Origin>();
        Add(manifest.BaseUrl);
        foreach (var tool in manifest.Tools)
            Add(tool.Server);
        foreach (var scheme in manifest.SecuritySchemes.Values.OfType<OAuth2Scheme>())
        {
            Add(scheme.TokenUrl);
            Add(scheme.RefreshUrl);
        }
        // Its token endpoint is usually next to it.
        foreach (var scheme in manifest.SecuritySchemes.Values.OfType<OpenIdConnectScheme>())
            Add(scheme.Url);
        return origins;

        void Add(string? url)
        {
            if (url is null)
                return;
            foreach (var (name, variable) in manifest.ServerVariables)
            {
                if (variable.Default is { } value)
                    url = url.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            }
            if (url.Contains('{', StringComparison.Ordinal) || !Origin.TryParse(url, out var origin))
                return;
            if (!origins.Contains(origin))
                origins.Add(origin);
        }
    }
}
