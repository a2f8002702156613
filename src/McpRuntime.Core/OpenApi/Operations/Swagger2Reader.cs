using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;

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
    private readonly TypeList _consumes;
    private readonly TypeList _produces;
    private readonly Dictionary<TextKey, TypeList> _lists = [];
    private readonly ParameterList _parameters;
    private readonly SecurityReader _security;

    internal Swagger2Reader(SpecDocument document, ReferenceFollower references, ImportFindings findings)
    {
        _document = document;
        _references = references;
        _findings = findings;
        var root = new Node(document.Resource, document.Root, Place.Root);
        _consumes = Listed(root, "consumes"u8, new TypeList([], findings));
        _produces = Listed(root, "produces"u8, new TypeList([Json], findings));
        Servers = SwaggerServers.Read(root, document, JsonRead.Texts(document.Root, "schemes"u8));
        _parameters = new ParameterList(references, findings);
        _security = new SecurityReader(findings);
        JsonRead.TryGet(document.Root, "security"u8, out var security);
        Security = _security.Needs(root, security);
        SecuritySchemes = SecurityReader.Schemes(root.Object("securityDefinitions"), references);
    }

    public IReadOnlyList<ServerObject> Servers { get; }

    public IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes { get; }

    public SecurityNeeds? Security { get; }

    public Operation Read(OperationHead head)
    {
        var (parameters, fields) = (new List<Parameter>(), new List<Parameter>());
        Node? body = null;
        foreach (var listed in _parameters.Read(head))
        {
            if (listed.In == "body")
                body = listed.Node;
            else if (listed.In == "formData")
                fields.Add(ReadParameter(listed, ArgumentLocation.Body));
            else if (Location(listed.In) is { } location)
                parameters.Add(ReadParameter(listed, location));
            else
            {
                _findings.Warn(
                    "parameter", listed.Node, $"The parameter '{listed.Name}' is in '{listed.In}', and no request has such a place; it is passed over.");
            }
        }
        var schemes = JsonRead.Texts(head.Node.Element, "schemes"u8);
        var members = OperationMembers.Of(head.Node.Element);
        return new Operation
        {
            Head = head,
            Summary = JsonRead.Text(members.Summary),
            Description = members.Description,
            Parameters = parameters,
            Body = ReadBody(head, body, fields, Listed(head.Node, "consumes"u8, _consumes)),
            Responses = ReadResponses(head, members.Responses),
            Security = _security.Needs(head.Node, members.Security),
            Servers = schemes.Count == 0 ? [] : SwaggerServers.Read(head.Node, _document, schemes),
        };
    }

    // Most operations have one of a few lists.
    private TypeList Listed(Node owner, ReadOnlySpan<byte> name, TypeList otherwise)
    {
        if (!JsonRead.TryGetArray(owner.Element, name, out var list))
            return otherwise;
        var key = new TextKey(owner.Resource, list);
        if (!_lists.TryGetValue(key, out var known))
            _lists.Add(key, known = new TypeList([.. JsonRead.Texts(list).Where(MediaTypes.IsValid)], _findings));
        return known.Types.Count > 0 ? known : otherwise;
    }

    private static ArgumentLocation? Location(string? place) => place switch
    {
        "path" => ArgumentLocation.Path,
        "query" => ArgumentLocation.Query,
        "header" => ArgumentLocation.Header,
        _ => null,
    };

    private Parameter ReadParameter(ListedParameter listed, ArgumentLocation location)
    {
        if (listed.Parameter is { } known)
            return known;
        var (node, name, said) = (listed.Node, listed.Name, _findings.Said);
        var style = SerializationStyle.OfCollectionFormat(node, location, _findings);
        listed.IsSpokenOf |= _findings.Said != said;
        return listed.Parameter = new Parameter
        {
            Source = listed,
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
                Items = style.Items,
                AllowSlash = location == ArgumentLocation.Path && JsonRead.IsTrue(node.Element, "x-ms-skip-url-encoding"u8),
                AllowEmpty = location == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
            },
        };
    }

    private RequestBody? ReadBody(OperationHead head, Node? body, List<Parameter> fields, TypeList consumes)
    {
        if (body is { } parameter)
        {
            if (fields.Count > 0)
            {
                _findings.Warn(
                    "parameter", parameter, "A 'body' parameter and 'formData' parameters cannot stand together (OpenAPI 2.0, Parameter Object); the form is passed over.");
            }
            return ReadBody(parameter, consumes);
        }
        if (fields.Count == 0)
            return null;
        return new RequestBody
        {
            Node = head.Node,
            IsRequired = fields.Exists(field => field.IsRequired),
            Content = [new MediaType(FormType(fields, consumes.Types), default) { Fields = fields }],
        };
    }

    private RequestBody ReadBody(Node parameter, TypeList consumes)
    {
        if (consumes.Bodies.Find(parameter.Resource, parameter.Element, out var key) is { } known)
            return known;
        var body = new RequestBody
        {
            Node = parameter,
            IsRequired = JsonRead.IsTrue(parameter.Element, "required"u8),
            Description = JsonRead.Text(parameter.Element, "description"u8),
            Content = [.. NotForms(consumes.Types).Select(name => new MediaType(name, parameter))],
        };
        consumes.Bodies.Keep(key, body, _findings.Said);
        return body;
    }

    private static List<string> NotForms(IReadOnlyList<string> consumes)
    {
        var names = consumes.Where(name => name is not (Form or Multipart)).ToList();
        return names.Count > 0 ? names : [Json];
    }

    // OpenAPI 2.0, Parameter Object: a file needs multipart; otherwise what the operation consumes decides.
    private static string FormType(List<Parameter> fields, IReadOnlyList<string> consumes)
    {
        var hasFile = fields.Exists(field => JsonRead.Text(field.Node.Element, "type"u8) == "file"
            || (field.Node.Object("items") is { } items && JsonRead.Text(items.Element, "type"u8) == "file"));
        var isMultipart = consumes.Any(name => name.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase))
            && !consumes.Any(name => name.StartsWith(Form, StringComparison.OrdinalIgnoreCase));
        return hasFile || isMultipart ? Multipart : Form;
    }

    private ResponseSet ReadResponses(OperationHead head, System.Text.Json.JsonElement value)
    {
        if (value.ValueKind != System.Text.Json.JsonValueKind.Object)
            return ResponseSet.None;
        var produces = Listed(head.Node, "produces"u8, _produces);
        if (produces.Responses.Find(head.Node.Resource, value, out var key) is { } known)
            return known;
        var said = _findings.Said;
        var responses = new List<Response>();
        foreach (var (status, place) in ResponseStatus.Successes(head.Node.Child("responses", value)))
        {
            if (_references.Follow(place, "A response") is not { } response)
                continue;
            responses.Add(new Response(
                status, response.Child("schema") is null ? [] : [.. produces.Types.Select(name => new MediaType(name, response))],
                ResponseHeaders.Read(response)));
        }
        var set = new ResponseSet(responses);
        produces.Responses.Keep(key, set, said);
        return set;
    }

    /// <summary>Media types of a list, and what was made of bodies and responses that are of these types.</summary>
    private sealed class TypeList(IReadOnlyList<string> types, ImportFindings findings)
    {
        internal IReadOnlyList<string> Types { get; } = types;

        internal Repeats<RequestBody> Bodies { get; } = new(findings);

        internal Repeats<ResponseSet> Responses { get; } = new(findings);
    }
}
