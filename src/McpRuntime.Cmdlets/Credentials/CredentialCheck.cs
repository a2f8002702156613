using McpRuntime.Connectors;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Looks at the credentials of one connector as a call would.</summary>
internal sealed class CredentialCheck(ConnectorManifest manifest, IReadOnlyList<ICredentialSource> sources, ConnectorApprovals approvals)
{
    /// <summary>One result for each scheme of the manifest.</summary>
    public async Task<IReadOnlyList<McpCredentialTest>> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<McpCredentialTest>();
        foreach (var (name, scheme) in ConnectorSchemes.Of(manifest))
            results.Add(await CheckAsync(name, scheme, cancellationToken));
        return results;
    }

    /// <summary>Every tool finds what one of its requirements asks for.</summary>
    public static bool IsEnough(ConnectorManifest manifest, IReadOnlyList<McpCredentialTest> results)
    {
        var usable = results.Where(result => result.IsUsable).Select(result => result.SecurityScheme).ToHashSet(StringComparer.Ordinal);
        return manifest.Tools.All(tool => tool.Auth is { } older
            ? older.Scheme is null || usable.Count > 0
            : (tool.Security ?? manifest.Security) is var security
                && (security.Count == 0 || security.Any(requirement => requirement.Schemes.Keys.All(usable.Contains))));
    }

    private async Task<McpCredentialTest> CheckAsync(string name, SecurityScheme scheme, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            try
            {
                using var credential = await source.FindAsync(manifest.Name, name, cancellationToken);
                if (credential is null)
                    continue;
                var problem = Problem(name, scheme, credential);
                return new McpCredentialTest(manifest.Name, name, problem is null, credential.Source, problem);
            }
            catch (McpRuntimeException exception)
            {
                return new McpCredentialTest(manifest.Name, name, false, null, exception.Message);
            }
        }
        var ways = SchemeFields.Alternatives(scheme).Select(fields => sources[0].HowToSet(manifest.Name, name, fields)).ToList();
        var way = ways.Count == 0 ? "this version cannot use such a scheme." : string.Join("; or ", ways);
        return new McpCredentialTest(manifest.Name, name, false, null, $"Nothing is set: {way}");
    }

    private string? Problem(string name, SecurityScheme scheme, Credential credential)
    {
        if (SchemeFields.Satisfied(scheme, credential) is null)
        {
            var needed = SchemeFields.Alternatives(scheme).Select(fields => string.Join(" and ", fields.Select(CredentialName.Of)));
            return $"It is incomplete: '{name}' ({SchemeFields.Describe(scheme)}) needs {string.Join(", or ", needed)}.";
        }
        if (!Origin.TryParse(manifest.BaseUrl, out var origin) || origin is not { } server)
            return null;
        if (!server.MayCarryCredentials)
            return $"It would travel over plain http to {server}, readable for everyone on the way. Use https in the manifest's base_url.";
        return credential.Origins.Contains(server) || approvals.Allows(server)
            ? null
            : $"It is not approved for {server}. If that is the right server: Set-McpCredential '{manifest.Name}' -Force";
    }
}
