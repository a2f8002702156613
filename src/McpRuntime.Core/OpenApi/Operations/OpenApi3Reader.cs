using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>OpenAPI 3.0, 3.1 and 3.2.</summary>
internal sealed class OpenApi3Reader : ISpecReader
{
    private readonly ReferenceFollower _references;
    private readonly ImportFindings _findings;
    private readonly ParameterList _parameters;
    private readonly ContentReader _content;
    private readonly List<Parameter> _read = [];
    private readonly SecurityReader _security;
    private readonly Repeats<RequestBody> _bodies;
    private readonly Repeats<ResponseSet> _responses;
    private readonly Repeats<ServerSet> _servers;

    internal OpenApi3Reader(SpecDocument document, ReferenceFollower references, ImportFindings findings)
    {
        _references = references;
        _findings = findings;
        _parameters = new ParameterList(references, findings);
        _content = new ContentReader(references, findings);
        _security = new SecurityReader(findings);
        _bodies = new Repeats<RequestBody>(findings);
        _responses = new Repeats<ResponseSet>(findings);
        _servers = new Repeats<ServerSet>(findings);
        var root = new Node(document.Resource, document.Root, Place.Root);
        JsonRead.TryGet(document.Root, "servers"u8, out var servers);
        JsonRead.TryGet(document.Root, "security"u8, out var security);
        Servers = ServerReader.Read(root, servers, findings);
        Security = _security.Needs(root, security);
        SecuritySchemes = SecurityReader.Schemes(root.Object("components")?.Object("securitySchemes"), references);
    }

    public IReadOnlyList<ServerObject> Servers { get; }

    public IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes { get; }

    public SecurityNeeds? Security { get; }

    public Operation Read(OperationHead head)
    {
        var listed = _parameters.Read(head);
        _read.Clear();
        foreach (var item in listed)
        {
            if (ReadParameter(item) is { } parameter)
                _read.Add(parameter);
        }
        var members = OperationMembers.Of(head.Node.Element);
        return new Operation
        {
            Head = head,
            Summary = JsonRead.Text(members.Summary) ?? JsonRead.Text(FromPathItem(head, "summary"u8)),
            Description = members.Description.ValueKind == JsonValueKind.String ? members.Description : FromPathItem(head, "description"u8),
            Parameters = _read,
            Body = ReadBody(head, members.RequestBody),
            Responses = ReadResponses(head, members.Responses),
            Security = _security.Needs(head.Node, members.Security),
            Servers = ReadServers(head, members.Servers),
        };
    }

    private Parameter? ReadParameter(ListedParameter listed)
    {
        if (listed.Parameter is { } known)
            return known;
        var said = _findings.Said;
        listed.Parameter = ReadParameter(listed, listed.Node);
        listed.IsSpokenOf |= _findings.Said != said;
        return listed.Parameter;
    }

    private Parameter? ReadParameter(ListedParameter listed, Node node)
    {
        var name = listed.Name;
        ArgumentLocation? location = listed.In switch
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
                "parameter", node, $"The parameter '{name}' is in '{listed.In}', and no request has such a place; it is passed over.");
            return null;
        }
        var content = _content.Read(node);
        var style = content.Count > 0 || place == ArgumentLocation.QueryString
            ? default
            : SerializationStyle.Read(node, place, _findings);
        return new Parameter
        {
            Source = listed,
            Name = name,
            Node = node,
            IsRequired = place == ArgumentLocation.Path || JsonRead.IsTrue(node.Element, "required"u8),
            Description = JsonRead.Text(node.Element, "description"u8),
            IsDeprecated = JsonRead.IsTrue(node.Element, "deprecated"u8),
            Schema = content.Count > 0 ? content[0].Schema : node.Child("schema"),
            Example = Example(node.Element),
            Binding = new ArgumentBinding
            {
                In = place,
                Name = place == ArgumentLocation.QueryString ? null : name,
                Style = style.Style,
                Explode = style.Explode,
                Delimiter = style.Delimiter,
                AllowReserved = JsonRead.IsTrue(node.Element, "allowReserved"u8),
                AllowSlash = place == ArgumentLocation.Path && JsonRead.IsTrue(node.Element, "x-ms-skip-url-encoding"u8),
                AllowEmpty = place == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
                ContentType = content.Count > 0 ? content[0].Name
                    : place == ArgumentLocation.QueryString ? "application/x-www-form-urlencoded" : null,
            },
        };
    }

    private RequestBody? ReadBody(OperationHead head, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        if (_bodies.Find(head.Node.Resource, value, out var key) is { } known)
            return known;
        var said = _findings.Said;
        if (_references.Follow(head.Node.Child("requestBody", value), "A request body") is not { } node)
            return null;
        var body = new RequestBody
        {
            Node = node,
            IsRequired = JsonRead.IsTrue(node.Element, "required"u8),
            Description = JsonRead.Text(node.Element, "description"u8),
            Content = _content.Read(node),
        };
        _bodies.Keep(key, body, said);
        return body;
    }

    private ResponseSet ReadResponses(OperationHead head, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return ResponseSet.None;
        if (_responses.Find(head.Node.Resource, value, out var key) is { } known)
            return known;
        var said = _findings.Said;
        var responses = new List<Response>();
        if (_references.Follow(head.Node.Child("responses", value), "A map of responses") is { } node)
        {
            foreach (var (status, place) in ResponseStatus.Successes(node))
            {
                if (_references.Follow(place, "A response") is { } response)
                    responses.Add(new Response(status, _content.Read(response), ResponseHeaders.Read(response)));
            }
        }
        var set = new ResponseSet(responses);
        _responses.Keep(key, set, said);
        return set;
    }

    private IReadOnlyList<ServerObject> ReadServers(OperationHead head, JsonElement own)
    {
        var servers = ReadServers(head.Node, own);
        for (var i = 0; servers.Count == 0 && i < head.PathItems.Count; i++)
        {
            JsonRead.TryGet(head.PathItems[i].Element, "servers"u8, out var shared);
            servers = ReadServers(head.PathItems[i], shared);
        }
        return servers;
    }

    private IReadOnlyList<ServerObject> ReadServers(Node owner, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return [];
        if (_servers.Find(owner.Resource, list, out var key) is { } known)
            return known.Servers;
        var said = _findings.Said;
        var set = new ServerSet(ServerReader.Read(owner, list, _findings));
        _servers.Keep(key, set, said);
        return set.Servers;
    }

    // A path item's words hold for all its operations.
    private static JsonElement FromPathItem(OperationHead head, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < head.PathItems.Count; i++)
        {
            if (JsonRead.TryGet(head.PathItems[i].Element, name, out var text) && text.ValueKind == JsonValueKind.String)
                return text;
        }
        return default;
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
