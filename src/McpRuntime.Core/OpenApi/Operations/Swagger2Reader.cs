using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Operations;

/// <summary>OpenAPI 2.0 (Swagger).</summary>
internal sealed class Swagger2Reader : ISpecReader
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";
    private const string Json = "application/json";

    private readonly SpecDocument _document;
    private readonly ReferenceFollower _references;
    private readonly ImportFindings _findings;
    private readonly List<string> _consumes;
    private readonly List<string> _produces;

    internal Swagger2Reader(SpecDocument document, ReferenceFollower references, ImportFindings findings)
    {
        _document = document;
        _references = references;
        _findings = findings;
        _consumes = MediaTypes(document.Root, "consumes"u8);
        _produces = MediaTypes(document.Root, "produces"u8);
        var root = new Node(document.Resource, document.Root, Place.Root);
        Servers = SwaggerServers.Read(root, document, JsonRead.Texts(document.Root, "schemes"u8));
        Security = SecurityReader.Needs(root, findings) ?? [];
        SecuritySchemes = SecurityReader.Schemes(root.Object("securityDefinitions"), references);
    }

    public IReadOnlyList<ServerObject> Servers { get; }

    public IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes { get; }

    public IReadOnlyList<SecurityNeed> Security { get; }

    public Operation Read(OperationHead head)
    {
        var (parameters, fields) = (new List<Parameter>(), new List<Parameter>());
        Node? body = null;
        foreach (var node in ParameterList.Read(head, _references, _findings))
        {
            var place = JsonRead.Text(node.Element, "in"u8);
            if (place == "body")
                body = node;
            else if (place == "formData")
                fields.Add(ReadParameter(node, ArgumentLocation.Body));
            else if (Location(place) is { } location)
                parameters.Add(ReadParameter(node, location));
            else
            {
                _findings.Warn(
                    "parameter", node, $"The parameter '{JsonRead.Text(node.Element, "name"u8)}' is in '{place}', and no request has such a place; it is passed over.");
            }
        }
        var consumes = MediaTypes(head.Node.Element, "consumes"u8);
        var schemes = JsonRead.Texts(head.Node.Element, "schemes"u8);
        return new Operation
        {
            Head = head,
            Summary = JsonRead.Text(head.Node.Element, "summary"u8),
            Description = JsonRead.Text(head.Node.Element, "description"u8),
            Parameters = parameters,
            Body = ReadBody(head, body, fields, consumes.Count > 0 ? consumes : _consumes),
            Responses = ReadResponses(head),
            Security = SecurityReader.Needs(head.Node, _findings),
            Servers = schemes.Count == 0 ? [] : SwaggerServers.Read(head.Node, _document, schemes),
        };
    }

    private static List<string> MediaTypes(System.Text.Json.JsonElement owner, ReadOnlySpan<byte> name) =>
        [.. JsonRead.Texts(owner, name).Where(HttpSyntax.IsMediaType)];

    private static ArgumentLocation? Location(string? place) => place switch
    {
        "path" => ArgumentLocation.Path,
        "query" => ArgumentLocation.Query,
        "header" => ArgumentLocation.Header,
        _ => null,
    };

    private Parameter ReadParameter(Node node, ArgumentLocation location)
    {
        var name = JsonRead.Text(node.Element, "name"u8)!;
        var style = SerializationStyle.OfCollectionFormat(node, location, _findings);
        return new Parameter
        {
            Name = name,
            Node = node,
            IsRequired = location == ArgumentLocation.Path || JsonRead.IsTrue(node.Element, "required"u8),
            Description = JsonRead.Text(node.Element, "description"u8),
            Schema = node,
            IsOwnSchema = true,
            Binding = new ArgumentBinding
            {
                In = location,
                Name = name,
                Style = style.Style,
                Explode = style.Explode,
                Delimiter = style.Delimiter,
                AllowEmpty = location == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
            },
        };
    }

    private RequestBody? ReadBody(OperationHead head, Node? body, List<Parameter> fields, IReadOnlyList<string> consumes)
    {
        if (body is { } parameter)
        {
            if (fields.Count > 0)
            {
                _findings.Warn(
                    "parameter", parameter, "A 'body' parameter and 'formData' parameters cannot stand together (OpenAPI 2.0, Parameter Object); the form is passed over.");
            }
            var schema = ContentReader.Schema(parameter, "schema");
            return new RequestBody
            {
                Node = parameter,
                IsRequired = JsonRead.IsTrue(parameter.Element, "required"u8),
                Description = JsonRead.Text(parameter.Element, "description"u8),
                Content = [.. NotForms(consumes).Select(name => new MediaType { Name = name, Schema = schema })],
            };
        }
        if (fields.Count == 0)
            return null;
        return new RequestBody
        {
            Node = head.Node,
            IsRequired = fields.Exists(field => field.IsRequired),
            Content = [new MediaType { Name = FormType(fields, consumes), Fields = fields }],
        };
    }

    private static List<string> NotForms(IReadOnlyList<string> consumes)
    {
        var names = consumes.Where(name => name is not (Form or Multipart)).ToList();
        return names.Count > 0 ? names : [Json];
    }

    // OpenAPI 2.0, Parameter Object: a file needs multipart; otherwise what the operation consumes decides.
    private static string FormType(List<Parameter> fields, IReadOnlyList<string> consumes)
    {
        var hasFile = fields.Exists(field => JsonRead.Text(field.Node.Element, "type"u8) == "file");
        var isMultipart = consumes.Any(name => name.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase))
            && !consumes.Any(name => name.StartsWith(Form, StringComparison.OrdinalIgnoreCase));
        return hasFile || isMultipart ? Multipart : Form;
    }

    private List<Response> ReadResponses(OperationHead head)
    {
        var responses = new List<Response>();
        if (head.Node.Object("responses") is not { } node)
            return responses;
        var own = MediaTypes(head.Node.Element, "produces"u8);
        var produces = own.Count > 0 ? own : _produces.Count > 0 ? _produces : [Json];
        foreach (var property in node.Element.EnumerateObject())
        {
            var status = JsonRead.Name(property).ToUpperInvariant();
            if (!ResponseStatus.IsSuccess(status) || property.Value.ValueKind != System.Text.Json.JsonValueKind.Object
                || _references.Follow(node.Child(JsonRead.Name(property), property.Value), "A response") is not { } response)
                continue;
            var schema = ContentReader.Schema(response, "schema");
            responses.Add(new Response(
                status, schema is null ? [] : [.. produces.Select(name => new MediaType { Name = name, Schema = schema })]));
        }
        return responses;
    }
}
