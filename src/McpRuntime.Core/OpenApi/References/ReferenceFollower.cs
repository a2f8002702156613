using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.References;

/// <summary>Follows Reference Objects to the parameters, bodies, responses and path items that they refer to.</summary>
internal sealed class ReferenceFollower(ReferenceResolver resolver, ImportFindings findings)
{
    private const int MaxHops = 32;

    /// <summary>The object itself; null, with a finding, where a reference leads nowhere or to no object.</summary>
    /// <param name="node">An object, or a reference to one.</param>
    /// <param name="what">What it is, for the finding.</param>
    internal Node? Follow(Node node, string what)
    {
        var start = node;
        for (var hops = 0; hops < MaxHops; hops++)
        {
            if (node.Element.ValueKind != System.Text.Json.JsonValueKind.Object)
            {
                findings.Warn(
                    ImportRules.WrongType,
                    node,
                    $"{what} must be an object, not {JsonRead.Kind(node.Element)}; ignored."
                );
                return null;
            }
            if (JsonRead.Text(node.Element, "$ref"u8) is not { } reference)
                return node;
            if (Step(node, reference) is not { } next)
                return null;
            node = next;
        }
        findings.Warn(
            ImportRules.ReferenceCycle,
            start,
            $"The references of {what.ToLowerInvariant()} form a cycle; ignored."
        );
        return null;
    }

    /// <summary>One reference; null, with a finding, where it leads nowhere.</summary>
    internal Node? Step(Node node, string reference)
    {
        var resolution = resolver.Resolve(node.Resource, reference);
        if (resolution.Target is { } target)
            return target.Node;
        findings.Warn(ImportRules.DanglingReference, node, resolution.Problem!);
        return null;
    }
}
