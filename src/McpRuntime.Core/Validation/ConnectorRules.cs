using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Rules about the connector itself.</summary>
internal static class ConnectorRules
{
    public static void Check(FindingList findings, ConnectorManifest manifest)
    {
        if (manifest.Name.Length > 0 && ConnectorName.Explain(manifest.Name) is { } reason)
            findings.Error(ValidationRules.ConnectorName, "/connector/name", reason);
    }
}
