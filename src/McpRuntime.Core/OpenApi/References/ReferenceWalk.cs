using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.References;

/// <summary>
/// Follows every reference from the operations that are imported, to find the documents that are still to be read. It
/// goes where the projection may go, and a little further (to media types that are not chosen, say): it does not judge.
/// </summary>
internal sealed class ReferenceWalk
{
    private const int MaxPathItemReferences = 16;

    private readonly ReferenceResolver _resolver;
    private readonly Dictionary<string, (Uri Uri, SpecLine Line)> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<(ReferenceTarget, Holds)> _seen = [];
    private readonly Stack<(Node Node, Holds What)> _open = new();

    private ReferenceWalk(ReferenceResolver resolver) => _resolver = resolver;

    /// <summary>False for a document all of whose references stay in it, which a search of the text tells.</summary>
    internal static bool MayLeave(SpecDocument document)
    {
        // OpenAPI 3.2 section 4.30: names of security schemes may be URIs.
        if (
            document.Version is { Line: SpecLine.V31, Text: { } version }
            && !version.StartsWith("3.1", StringComparison.Ordinal)
        )
            return true;
        var text = JsonMarshal.GetRawUtf8Value(document.Root);
        for (var found = text.IndexOf("\"$"u8); found >= 0; found = text.IndexOf("\"$"u8))
        {
            text = text[(found + 2)..];
            var name =
                text.StartsWith("ref\""u8) ? 4
                : text.StartsWith("dynamicRef\""u8) ? 11
                : 0;
            if (
                name > 0
                && text[name..].TrimStart(" \t\r\n"u8) is [(byte)':', .. var value]
                && value.TrimStart(" \t\r\n"u8) is [(byte)'"', not (byte)'#', ..]
            )
                return true;
        }
        return false;
    }

    /// <summary>
    /// The documents that are referred to and not read, by the keys of their URIs, with the version of the document
    /// that refers to them.
    /// </summary>
    internal static IReadOnlyDictionary<string, (Uri Uri, SpecLine Line)> Missing(
        SpecDocument entry,
        IEnumerable<OperationHead> operations,
        ReferenceResolver resolver
    )
    {
        var walk = new ReferenceWalk(resolver);
        var root = new Node(entry.Resource, entry.Root, DocumentPath.Root);
        walk.PathItems(root);
        walk.Push(
            root.Object("components")?.Object("securitySchemes") ?? root.Object("securityDefinitions"),
            Holds.Map
        );
        walk.SecurityOf(root);
        foreach (var operation in operations)
            walk.PartsOf(operation);
        walk.Run();
        return walk._missing;
    }

    private void PathItems(Node root)
    {
        if (root.Object("paths") is not { } paths)
            return;
        foreach (var property in paths.Element.EnumerateObject())
        {
            var node = paths.Child("", property.Value);
            for (var i = 0; i < MaxPathItemReferences && JsonRead.Text(node.Element, "$ref"u8) is { } reference; i++)
            {
                if (Follow(node.Resource, reference, Holds.PathItem) is not { } target)
                    break;
                node = target.Node;
            }
        }
    }

    private void PartsOf(OperationHead operation)
    {
        foreach (var owner in operation.PathItems.Append(operation.Node))
            Push(owner.Child("parameters"), Holds.Parts);
        Push(operation.Node.Child("requestBody"), Holds.Parts);
        Push(operation.Node.Child("responses"), Holds.Responses);
        SecurityOf(operation.Node);
    }

    private void SecurityOf(Node owner)
    {
        if (owner.Child("security") is not { Element.ValueKind: JsonValueKind.Array } requirements)
            return;
        foreach (
            var requirement in requirements
                .Element.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.Object)
        )
        {
            foreach (var scheme in requirement.EnumerateObject())
            {
                if (JsonRead.Name(scheme) is var name && name.AsSpan().IndexOfAny('/', '#') >= 0)
                    Follow(owner.Resource, name, Holds.Parts);
            }
        }
    }

    private void Run()
    {
        while (_open.TryPop(out var next))
        {
            var (node, what) = next;
            if (node.Element.ValueKind == JsonValueKind.Array && what == Holds.Parts)
            {
                var index = 0;
                foreach (var item in node.Element.EnumerateArray())
                    Push(node.Child(index++, item), what);
            }
            else if (node.Element.ValueKind == JsonValueKind.Object)
                Visit(node, what);
        }
    }

    private void Visit(Node node, Holds what)
    {
        if (node.Document.Embedded is { } embedded)
            node = node with { Resource = embedded.At(node.Pointer) ?? node.Resource };
        foreach (var member in node.Element.EnumerateObject())
        {
            var name = JsonRead.Name(member);
            if (name is "$ref" or "$dynamicRef" && JsonRead.Text(member.Value) is { } reference)
                Follow(node.Resource, reference, what);
            else if (
                member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                && Below(what, name, member) is { } below
            )
                Push(node.Child(name, member.Value), below);
        }
    }

    // Null where nothing is followed: data, extensions, and what an import does not look at.
    private static Holds? Below(Holds what, string name, JsonProperty member) =>
        what switch
        {
            Holds.Map => Holds.Parts,
            Holds.Responses => ResponseStatus.IsSuccess(name) ? Holds.Parts : null,
            Holds.Examples => Holds.Example,
            Holds.Example or Holds.PathItem => null,
            _ => name switch
            {
                "content" or "properties" or "patternProperties" or "dependentSchemas" or "dependencies" => Holds.Map,
                "examples" => Holds.Examples,
                "schema" or "itemSchema" => Holds.Parts,
                "enum" or "const" or "default" or "example" or "x-example" or "discriminator" or "required" or "type" =>
                    null,
                _ => SchemaKeywords.Of(member) == SchemaKeyword.None ? null : Holds.Parts,
            },
        };

    private void Push(Node? node, Holds what)
    {
        if (node is { } known)
            _open.Push((known, what));
    }

    private ReferenceTarget? Follow(SpecResource from, string reference, Holds what)
    {
        var resolution = _resolver.Resolve(from, reference);
        if (resolution.Missing is { } missing)
            _missing.TryAdd(DocumentSet.Key(missing), (missing, from.Document.Line));
        if (resolution.Target is { } target && _seen.Add((target, what)))
            Push(target.Node, what);
        return resolution.Target;
    }

    /// <summary>What is at a place, as far as it matters to where references are.</summary>
    private enum Holds
    {
        /// <summary>A parameter, a body, a response, a media type or a schema, or a list of them.</summary>
        Parts,

        /// <summary>Such parts by name.</summary>
        Map,

        /// <summary>Responses by status, of which those of errors are not read.</summary>
        Responses,

        /// <summary>Examples by name, each perhaps a reference.</summary>
        Examples,

        /// <summary>Data.</summary>
        Example,

        /// <summary>A path item, whose operations are chosen elsewhere.</summary>
        PathItem,
    }
}
