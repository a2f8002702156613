using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// The examples of a parameter or a request body: <c>example</c> and <c>examples</c> of the object, of its media type, and
/// of the schema; <c>x-example</c> of OpenAPI 2.0.
/// </summary>
internal sealed class RequestExamples(ReferenceResolver resolver)
{
    /// <summary>Examples of a Parameter Object.</summary>
    internal List<Node> Of(Node parameter)
    {
        var examples = new List<Node>();
        Add(parameter, examples);
        if (parameter.Object("content") is { } content && content.Element.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } type)
            Add(content.Child(JsonRead.Name(type), type.Value), examples);
        AddOfSchema(parameter.Child("schema"), examples);
        return examples;
    }

    /// <summary>Examples of a body in the media type that goes out.</summary>
    internal List<Node> Of(MediaType type)
    {
        var examples = new List<Node>();
        Add(type.Node, examples);
        AddOfSchema(type.Schema, examples);
        return examples;
    }

    // An object with `example`, or `examples` by name (Example Objects) or as an array (JSON Schema).
    private void Add(Node owner, List<Node> examples)
    {
        if (owner.Element.ValueKind != JsonValueKind.Object)
            return;
        if ((owner.Child("example") ?? owner.Child("x-example")) is { } example)
            examples.Add(example);
        if (owner.Child("examples") is not { } several)
            return;
        if (several.Element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in several.Element.EnumerateArray())
                examples.Add(several.Child(index++, item));
        }
        else if (several.Element.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in several.Element.EnumerateObject())
            {
                if (Meant(several.Child(JsonRead.Name(entry), entry.Value)) is { Element.ValueKind: JsonValueKind.Object } named
                    && (named.Child("value") ?? named.Child("dataValue")) is { } value)
                    examples.Add(value);
            }
        }
    }

    private void AddOfSchema(Node? schema, List<Node> examples)
    {
        if (examples.Count == 0 && schema is { } node && Meant(node) is { } meant)
            Add(meant, examples);
    }

    private Node? Meant(Node node) =>
        JsonRead.Text(node.Element, "$ref"u8) is not { } reference ? node : resolver.Resolve(node.Resource, reference).Target?.Node;
}
