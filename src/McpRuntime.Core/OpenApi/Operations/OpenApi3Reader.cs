using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>OpenAPI 3.0, 3.1 and 3.2.</summary>
internal sealed class OpenApi3Reader : ISpecReader
{
    private readonly ReferenceFollower _references;
    private readonly ImportFindings _findings;

    internal OpenApi3Reader(SpecDocument document, ReferenceFollower references, ImportFindings findings)
    {
        _references = references;
        _findings = findings;
        var root = new Node(document.Resource, document.Root, Place.Root);
        Servers = ServerReader.Read(root, findings);
        Security = SecurityReader.Needs(root, findings) ?? [];
        SecuritySchemes = SecurityReader.Schemes(root.Object("components")?.Object("securitySchemes"), references);
    }

    public IReadOnlyList<ServerObject> Servers { get; }

    public IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes { get; }

    public IReadOnlyList<SecurityNeed> Security { get; }

    public Operation Read(OperationHead head)
    {
        var parameters = new List<Parameter>();
        foreach (var node in ParameterList.Read(head, _references, _findings))
        {
            if (ReadParameter(node) is { } parameter)
                parameters.Add(parameter);
        }
        return new Operation
        {
            Head = head,
            Summary = JsonRead.Text(head.Node.Element, "summary"u8) ?? FromPathItem(head, "summary"u8),
            Description = JsonRead.Text(head.Node.Element, "description"u8) ?? FromPathItem(head, "description"u8),
            Parameters = parameters,
            Body = ReadBody(head),
            Responses = ReadResponses(head),
            Security = SecurityReader.Needs(head.Node, _findings),
            Servers = ReadServers(head),
        };
    }

    private Parameter? ReadParameter(Node node)
    {
        var name = JsonRead.Text(node.Element, "name"u8)!;
        ArgumentLocation? location = JsonRead.Text(node.Element, "in"u8) switch
        {
            "path" => ArgumentLocation.Path,
            "query" => ArgumentLocation.Query,
            "header" => ArgumentLocation.Header,
            "cookie" => ArgumentLocation.Cookie,
            "querystring" => ArgumentLocation.QueryString,
            _ => null,
        };
        if (location is not { } place)
        {
            _findings.Warn(
                "parameter", node, $"The parameter '{name}' is in '{JsonRead.Text(node.Element, "in"u8)}', and no request has such a place; it is passed over.");
            return null;
        }
        var content = ContentReader.Read(node, _references, _findings);
        var style = content.Count > 0 || place == ArgumentLocation.QueryString
            ? default
            : SerializationStyle.Read(node, place, _findings);
        return new Parameter
        {
            Name = name,
            Node = node,
            IsRequired = place == ArgumentLocation.Path || JsonRead.IsTrue(node.Element, "required"u8),
            Description = JsonRead.Text(node.Element, "description"u8),
            IsDeprecated = JsonRead.IsTrue(node.Element, "deprecated"u8),
            Schema = content.Count > 0 ? content[0].Schema : ContentReader.Schema(node, "schema"),
            Example = Example(node.Element),
            Binding = new ArgumentBinding
            {
                In = place,
                Name = place == ArgumentLocation.QueryString ? null : name,
                Style = style.Style,
                Explode = style.Explode,
                Delimiter = style.Delimiter,
                AllowReserved = JsonRead.IsTrue(node.Element, "allowReserved"u8),
                AllowEmpty = place == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
                ContentType = content.Count > 0 ? content[0].Name
                    : place == ArgumentLocation.QueryString ? "application/x-www-form-urlencoded" : null,
            },
        };
    }

    private RequestBody? ReadBody(OperationHead head)
    {
        if (!JsonRead.TryGet(head.Node.Element, "requestBody"u8, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (_references.Follow(head.Node.Child("requestBody", value), "A request body") is not { } body)
            return null;
        return new RequestBody
        {
            Node = body,
            IsRequired = JsonRead.IsTrue(body.Element, "required"u8),
            Description = JsonRead.Text(body.Element, "description"u8),
            Content = ContentReader.Read(body, _references, _findings),
        };
    }

    private List<Response> ReadResponses(OperationHead head)
    {
        var responses = new List<Response>();
        if (head.Node.Object("responses") is not { } map || _references.Follow(map, "A map of responses") is not { } node)
            return responses;
        foreach (var property in node.Element.EnumerateObject())
        {
            var status = JsonRead.Name(property).ToUpperInvariant();
            if (ResponseStatus.IsSuccess(status) && property.Value.ValueKind == JsonValueKind.Object
                && _references.Follow(node.Child(JsonRead.Name(property), property.Value), "A response") is { } response)
                responses.Add(new Response(status, ContentReader.Read(response, _references, _findings)));
        }
        return responses;
    }

    private IReadOnlyList<ServerObject> ReadServers(OperationHead head)
    {
        var servers = ServerReader.Read(head.Node, _findings);
        for (var i = 0; servers.Count == 0 && i < head.PathItems.Count; i++)
            servers = ServerReader.Read(head.PathItems[i], _findings);
        return servers;
    }

    // A path item's words hold for all its operations.
    private static string? FromPathItem(OperationHead head, ReadOnlySpan<byte> name)
    {
        foreach (var item in head.PathItems)
        {
            if (JsonRead.Text(item.Element, name) is { } text)
                return text;
        }
        return null;
    }

    private static JsonElement Example(JsonElement parameter)
    {
        if (parameter.TryGetProperty("example"u8, out var example))
            return example;
        if (JsonRead.TryGetObject(parameter, "examples"u8, out var examples))
        {
            foreach (var entry in examples.EnumerateObject())
            {
                if (JsonRead.TryGet(entry.Value, "value"u8, out var value) || JsonRead.TryGet(entry.Value, "dataValue"u8, out value))
                    return value;
            }
        }
        return default;
    }
}
