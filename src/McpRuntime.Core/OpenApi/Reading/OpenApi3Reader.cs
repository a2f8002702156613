using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>OpenAPI 3.0, 3.1 and 3.2.</summary>
internal sealed class OpenApi3Reader : ISpecReader
{
    private readonly SpecDocument _document;
    private readonly ImportFindings _findings = new();
    private readonly ReferenceFollower _references;
    private readonly ParameterList _parameters;
    private readonly ContentReader _content;

    internal OpenApi3Reader(SpecDocument document, ReferenceResolver resolver)
    {
        _document = document;
        _references = new ReferenceFollower(resolver, _findings);
        _content = new ContentReader(_references, _findings);
        _parameters = new ParameterList(_references, _findings, new ParameterObjectReader(resolver).Read);
    }

    public Found<DocumentDefaults> ReadDefaults()
    {
        var root = new Node(_document.Resource, _document.Root, DocumentPath.Root);
        JsonRead.TryGet(_document.Root, "servers"u8, out var servers);
        JsonRead.TryGet(_document.Root, "security"u8, out var security);
        return _findings.With(
            new DocumentDefaults(
                ServerObjectReader.Read(root, servers, _findings),
                SecurityRequirementReader.Schemes(root.Object("components")?.Object("securitySchemes"), _references),
                SecurityRequirementReader.Read(root, security, _findings)
            )
        );
    }

    public Found<Operation> Read(OperationHead head)
    {
        var parameters = new List<Parameter>();
        foreach (var listed in _parameters.Read(head))
        {
            if (listed.Parameter is { } parameter)
                parameters.Add(parameter);
        }
        var members = OperationMembers.Of(head.Node.Element);
        return _findings.With(
            new Operation
            {
                Head = head,
                Summary = JsonRead.Text(members.Summary) ?? JsonRead.Text(FromPathItem(head, "summary"u8)),
                Description =
                    members.Description.ValueKind == JsonValueKind.String
                        ? members.Description
                        : FromPathItem(head, "description"u8),
                Parameters = parameters,
                Body = ReadBody(head, members.RequestBody),
                Responses = ReadResponses(head, members.Responses),
                Security = SecurityRequirementReader.Read(head.Node, members.Security, _findings),
                Servers = ReadServers(head, members.Servers),
            }
        );
    }

    private OperationBody? ReadBody(OperationHead head, JsonElement value)
    {
        if (
            value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || _references.Follow(head.Node.Child("requestBody", value), "A request body") is not { } node
        )
            return null;
        return new OperationBody
        {
            Node = node,
            IsRequired = JsonRead.IsTrue(node.Element, "required"u8),
            Description = JsonRead.Text(node.Element, "description"u8),
            Content = _content.Read(node),
        };
    }

    private List<Response> ReadResponses(OperationHead head, JsonElement value)
    {
        var responses = new List<Response>();
        if (
            value.ValueKind != JsonValueKind.Object
            || _references.Follow(head.Node.Child("responses", value), "A map of responses") is not { } node
        )
            return responses;
        foreach (var (status, place) in ResponseStatus.Successes(node))
        {
            if (_references.Follow(place, "A response") is { } response)
                responses.Add(new Response(status, _content.Read(response), ResponseHeaders.Read(response)));
        }
        return responses;
    }

    private IReadOnlyList<ServerObject> ReadServers(OperationHead head, JsonElement own)
    {
        var servers = ServerObjectReader.Read(head.Node, own, _findings);
        for (var i = 0; servers.Count == 0 && i < head.PathItems.Count; i++)
        {
            JsonRead.TryGet(head.PathItems[i].Element, "servers"u8, out var shared);
            servers = ServerObjectReader.Read(head.PathItems[i], shared, _findings);
        }
        return servers;
    }

    // A path item's words hold for all its operations.
    private static JsonElement FromPathItem(OperationHead head, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < head.PathItems.Count; i++)
        {
            if (
                JsonRead.TryGet(head.PathItems[i].Element, name, out var text)
                && text.ValueKind == JsonValueKind.String
            )
                return text;
        }
        return default;
    }
}
