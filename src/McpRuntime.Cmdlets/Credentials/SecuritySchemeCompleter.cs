using System.Collections;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Names of the security schemes of the connector that the line names.</summary>
public sealed class SecuritySchemeCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        if (Bound(bound, "Connector")?.ToLowerInvariant() is not { } connector)
            return [];
        var settings = ModuleOptions.Settings(Bound(bound, "ConnectorPath"));
        var path = ConnectorName.FileFor(settings.ConnectorsFolder, connector);
        if (
            !ConnectorName.IsValid(connector)
            || ManifestReader.Read(File.ReadAllBytes(path), path).Manifest is not { } manifest
        )
            return [];
        return Credentials
            .ConnectorSchemes.Of(manifest)
            .Select(scheme => (scheme.Key, (string?)SchemeFields.Describe(scheme.Value)));
    }
}
