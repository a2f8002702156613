using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// The examples of a parameter or a request body: <c>example</c> and <c>examples</c> of the object, of its media type,
/// and of the schema; <c>x-example</c> of OpenAPI 2.0.
/// </summary>
internal sealed class RequestExamples(ReferenceResolver resolver)
{
    /// <summary>Examples of a tool's parameters, then of its body in the media type that goes out.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="isWanted">Is asked about each Parameter Object and each body that may have some.</param>
    internal List<RequestExample> Of(ToolShape tool, Predicate<Node> isWanted)
    {
        var examples = new List<RequestExample>();
        for (var i = 0; i < tool.Arguments.Length; i++)
        {
            var (argument, place) = (tool.Arguments[i].Schema, tool.Arguments[i].Origin);
            if (argument is { Parameter: not null, Shape: ArgumentShape.Schema } && isWanted(place))
                examples.AddRange(OfParameter(place).Select(node => new RequestExample(node, tool.NameOf(i))));
            else if (
                argument.Body is { } body
                && MediaTypeChoice.Best(body.Content) is { } type
                && isWanted(body.Node)
                && IsTried(tool, type)
            )
                examples.AddRange(OfBody(type).Select(node => new RequestExample(node, tool.Body?.Argument)));
        }
        return examples;
    }

    private static bool IsTried(ToolShape tool, MediaType type) =>
        MediaTypes.KindOf(MediaTypes.Essence(type.Name)) is MediaKind.Json or MediaKind.Form or MediaKind.Multipart
        && !Array.Exists(tool.Arguments, argument =>
            argument.Schema.Shape is ArgumentShape.File or ArgumentShape.Files
        );

    private List<Node> OfParameter(Node parameter)
    {
        var examples = new List<Node>();
        Add(parameter, examples);
        if (
            parameter.Object("content") is { } content
            && content.Element.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } type
        )
            Add(content.Child(JsonRead.Name(type), type.Value), examples);
        AddOfSchema(parameter.Child("schema"), examples);
        return examples;
    }

    /// <summary>Examples of the body in the media type that goes out; none of a body with files.</summary>
    internal List<Node> OfBody(ToolShape tool) =>
        Array.Find(tool.Arguments, argument => argument.Schema.Body is not null)?.Schema.Body is { } body
        && MediaTypeChoice.Best(body.Content) is { } type
        && IsTried(tool, type)
            ? OfBody(type)
            : [];

    private List<Node> OfBody(MediaType type)
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
                if (
                    Meant(several.Child(JsonRead.Name(entry), entry.Value))
                        is { Element.ValueKind: JsonValueKind.Object } named
                    && (named.Child("value") ?? named.Child("dataValue")) is { } value
                )
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
        JsonRead.Text(node.Element, "$ref"u8) is not { } reference
            ? node
            : resolver.Resolve(node.Resource, reference).Target?.Node;
}

/// <summary>An example of a request.</summary>
/// <param name="Node">The value.</param>
/// <param name="Argument">The argument that it is for; null for a body whose properties are arguments.</param>
internal sealed record RequestExample(Node Node, string? Argument);
