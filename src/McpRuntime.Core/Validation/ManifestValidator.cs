using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Checks what the shape of a manifest does not show: names, references and whether parts fit each other.
/// </summary>
internal static class ManifestValidator
{
    /// <summary>All findings, with pointers into the manifest's text.</summary>
    /// <param name="manifest">
    /// Read or imported. Where a needed text is empty, its absence has been reported, and nothing more is said about
    /// it.
    /// </param>
    /// <param name="strict">Adds the rules about names, descriptions and consistency.</param>
    public static IReadOnlyList<Finding> Validate(ConnectorManifest manifest, bool strict)
    {
        var findings = new FindingList();
        ConnectorRules.Check(findings, manifest);
        SecurityRules.CheckConnector(findings, manifest);
        InstructionRule.CheckConnector(findings, manifest);
        using var schemas = new SchemaRules(findings, manifest, strict);
        schemas.CheckDefinitions();

        var names = new ToolNameRules(findings);
        var consistency = strict ? new ConsistencyRules(findings) : null;
        for (var i = 0; i < manifest.Tools.Count; i++)
        {
            var tool = manifest.Tools[i];
            var context = new ToolContext(
                i,
                tool,
                EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) ? endpoint : null
            );
            names.Check(context);
            EndpointRules.Check(findings, context, strict);
            UrlRules.Check(
                findings,
                context.At("server"),
                $"{context.Label}: 'server'",
                tool.Server,
                manifest.ServerVariables
            );
            SecurityRules.CheckTool(findings, context, manifest);
            InstructionRule.CheckTool(findings, context);
            TransportRules.Check(findings, context);
            using (var input = schemas.CheckTool(context))
                ArgumentLocationRules.Check(findings, context, input?.RootElement);
            if (!strict)
                continue;
            DescriptionRules.Check(findings, context);
            consistency!.Check(context);
        }
        return findings.Items;
    }
}
