using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Finds the schemas that describe one object together: through references, <c>allOf</c>, <c>anyOf</c> and
/// <c>oneOf</c>.
/// </summary>
internal sealed class CompositionParts
{
    private const int MaxHops = 32;

    private readonly List<CompositionPart> _parts = [];
    private readonly HashSet<ReferenceTarget> _open = [];
    private readonly ReferenceResolver _resolver;

    private CompositionParts(ReferenceResolver resolver) => _resolver = resolver;

    /// <summary>The parts of a schema, each before the schema that it is in.</summary>
    internal static List<CompositionPart> Of(Node schema, ReferenceResolver resolver)
    {
        var parts = new CompositionParts(resolver);
        parts.Collect(schema, PartOrigin.Whole, null, MaxHops, isWhole: true);
        return parts._parts;
    }

    private void Collect(Node node, PartOrigin origin, CompositionBranch? branch, int hops, bool isWhole = false)
    {
        var schema = node.Element;
        if (schema.ValueKind != JsonValueKind.Object || hops == 0)
            return;
        var reference = JsonRead.Text(schema, "$ref"u8);
        if (reference is not null)
            Follow(reference, node.Resource, isWhole ? new PartOrigin(SchemaKeyword.Ref, 0) : origin, branch, hops);
        if (reference is not null && SchemaReference.IgnoresSiblings(node.Document))
            return;
        var part = new CompositionPart(node, origin, branch);
        foreach (var member in schema.EnumerateObject())
        {
            switch (SchemaKeywords.Of(member))
            {
                case SchemaKeyword.Properties when member.Value.ValueKind == JsonValueKind.Object:
                    part.Describe(member.Value);
                    break;
                case SchemaKeyword.PatternProperties:
                    part.HasPatterns = true;
                    break;
                case SchemaKeyword.AdditionalProperties:
                    part.Close(member);
                    break;
                // That of the whole sees the properties of its parts.
                case SchemaKeyword.UnevaluatedProperties when !isWhole:
                    part.Close(member);
                    break;
                case (SchemaKeyword.AllOf or SchemaKeyword.OneOf or SchemaKeyword.AnyOf)
                and var keyword when member.Value.ValueKind == JsonValueKind.Array:
                    CollectMembers(
                        keyword,
                        node.Child(member.Name, member.Value),
                        isWhole ? null : origin,
                        branch,
                        hops
                    );
                    break;
            }
        }
        _parts.Add(part);
    }

    private void CollectMembers(
        SchemaKeyword keyword,
        Node members,
        PartOrigin? origin,
        CompositionBranch? branch,
        int hops
    )
    {
        var choice = new object();
        var index = 0;
        foreach (var member in members.Element.EnumerateArray())
        {
            Collect(
                members.Child(index, member),
                origin ?? new PartOrigin(keyword, index),
                keyword == SchemaKeyword.AllOf ? branch : new CompositionBranch(choice, index, branch),
                hops - 1
            );
            index++;
        }
    }

    private void Follow(string reference, SpecResource resource, PartOrigin origin, CompositionBranch? branch, int hops)
    {
        if (_resolver.Resolve(resource, reference).Target is not { } target || !_open.Add(target))
            return;
        Collect(target.Node, origin, branch, hops - 1);
        _open.Remove(target);
    }
}
