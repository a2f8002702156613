using System.Globalization;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.References;

/// <summary>Follows JSON pointers (RFC 6901) through a document.</summary>
internal sealed class PointerWalker
{
    // Below this, looking through the properties is faster than keeping an index of them.
    private const int SmallObject = 16;

    private readonly Dictionary<(SpecDocument, string), Dictionary<string, JsonElement>> _large = [];

    /// <summary>The place below a resource's root; null where there is none.</summary>
    /// <param name="resource">Where the pointer starts.</param>
    /// <param name="pointer">Begins with <c>/</c>, or is empty; percent-decoded.</param>
    /// <param name="follow">Where a reference on the way leads; null where it leads nowhere.</param>
    internal ReferenceTarget? Walk(
        SpecResource resource,
        string pointer,
        Func<SpecResource, string, ReferenceTarget?> follow
    )
    {
        var node = new Node(resource, resource.Root, resource.Path);
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            // Bundlers write pointers that lead through a reference; what is meant is plain.
            for (var hops = 0; !Step(node, token, out _) && hops < 8; hops++)
            {
                if (
                    JsonRead.Text(node.Element, "$ref"u8) is not { } reference
                    || follow(node.Resource, reference) is not { } target
                )
                    return null;
                node = target.Node;
            }
            if (!Step(node, token, out var child))
                return null;
            node = node.Child(token, child);
            if (node.Document.Embedded is { } embedded)
                node = node with { Resource = embedded.At(node.Pointer) ?? node.Resource };
        }
        return new ReferenceTarget(node.Resource, node.Element, node.Pointer);
    }

    private bool Step(Node node, string token, out JsonElement child)
    {
        var element = node.Element;
        child = default;
        if (element.ValueKind == JsonValueKind.Array)
        {
            // RFC 6901 section 4: no leading zeros, no sign.
            if (
                !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= element.GetArrayLength()
                || (token.Length > 1 && token[0] == '0')
            )
                return false;
            child = element[index];
            return true;
        }
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        return element.GetPropertyCount() <= SmallObject
            ? element.TryGetProperty(token, out child)
            : Index(node).TryGetValue(token, out child);
    }

    private Dictionary<string, JsonElement> Index(Node node)
    {
        if (_large.TryGetValue((node.Document, node.Pointer), out var index))
            return index;
        index = new Dictionary<string, JsonElement>(node.Element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in node.Element.EnumerateObject())
            index[JsonRead.Name(property)] = property.Value;
        _large.Add((node.Document, node.Pointer), index);
        return index;
    }
}
