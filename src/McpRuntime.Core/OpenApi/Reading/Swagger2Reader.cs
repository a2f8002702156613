using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>OpenAPI 2.0 (Swagger).</summary>
internal sealed class Swagger2Reader : ISpecReader
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";
    private const string Json = "application/json";

    private readonly SpecDocument _document;
    private readonly ImportFindings _findings = new();
    private readonly ReferenceFollower _references;
    private readonly ParameterList _parameters;
    private readonly IReadOnlyList<string> _consumes;
    private readonly IReadOnlyList<string> _produces;

    internal Swagger2Reader(SpecDocument document, ReferenceResolver resolver)
    {
        _document = document;
        _references = new ReferenceFollower(resolver, _findings);
        _parameters = new ParameterList(_references, _findings, ReadParameter);
        _consumes = Listed(document.Root, "consumes"u8, []);
        _produces = Listed(document.Root, "produces"u8, [Json]);
    }

    public Found<DocumentDefaults> ReadDefaults()
    {
        var root = new Node(_document.Resource, _document.Root, DocumentPath.Root);
        JsonRead.TryGet(_document.Root, "security"u8, out var security);
        return _findings.With(
            new DocumentDefaults(
                SwaggerServers.Read(root, _document, JsonRead.Texts(_document.Root, "schemes"u8)),
                SecurityRequirementReader.Schemes(root.Object("securityDefinitions"), _references),
                SecurityRequirementReader.Read(root, security, _findings)
            )
        );
    }

    public Found<Operation> Read(OperationHead head)
    {
        var (parameters, fields) = (new List<Parameter>(), new List<Parameter>());
        Node? body = null;
        foreach (var listed in _parameters.Read(head))
        {
            if (listed.Object.In == "body")
                body = listed.Node;
            else if (listed.Parameter is { } parameter)
                (parameter.Binding.In == ArgumentLocation.Body ? fields : parameters).Add(parameter);
        }
        var schemes = JsonRead.Texts(head.Node.Element, "schemes"u8);
        var members = OperationMembers.Of(head.Node.Element);
        return _findings.With(
            new Operation
            {
                Head = head,
                Summary = JsonRead.Text(members.Summary),
                Description = members.Description,
                Parameters = parameters,
                Body = ReadBody(head, body, fields, Listed(head.Node.Element, "consumes"u8, _consumes)),
                Responses = ReadResponses(head, members.Responses),
                Security = SecurityRequirementReader.Read(head.Node, members.Security, _findings),
                Servers = schemes.Count == 0 ? [] : SwaggerServers.Read(head.Node, _document, schemes),
            }
        );
    }

    private static IReadOnlyList<string> Listed(
        JsonElement owner,
        ReadOnlySpan<byte> name,
        IReadOnlyList<string> otherwise
    )
    {
        List<string> types = [.. JsonRead.Texts(owner, name).Where(MediaTypes.IsValid)];
        return types.Count > 0 ? types : otherwise;
    }

    private static ArgumentLocation? Location(string place) =>
        place switch
        {
            "path" => ArgumentLocation.Path,
            "query" => ArgumentLocation.Query,
            "header" => ArgumentLocation.Header,
            "formData" => ArgumentLocation.Body,
            _ => null,
        };

    // Apart from what is found in the operation around it.
    private static Found<Parameter?> ReadParameter(Node node, string name, string place)
    {
        var findings = new ImportFindings();
        if (place == "body")
            return findings.With<Parameter?>(null);
        if (Location(place) is { } location)
            return findings.With<Parameter?>(ReadParameter(node, name, location, findings));
        findings.Warn(ImportRules.Parameter, node, $"The parameter '{name}' has unknown location '{place}'; ignored.");
        return findings.With<Parameter?>(null);
    }

    private static Parameter ReadParameter(Node node, string name, ArgumentLocation location, ImportFindings findings)
    {
        var style = SerializationStyle.OfCollectionFormat(node, location, findings);
        return new Parameter
        {
            Name = name,
            Node = node,
            Origin = node,
            IsRequired = location == ArgumentLocation.Path || JsonRead.IsTrue(node.Element, "required"u8),
            Description = DescriptionText.OrNull(JsonRead.Text(node.Element, "description"u8)),
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
                AllowSlash =
                    location == ArgumentLocation.Path && JsonRead.IsTrue(node.Element, "x-ms-skip-url-encoding"u8),
                AllowEmpty = location == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
            },
        };
    }

    private OperationBody? ReadBody(
        OperationHead head,
        Node? body,
        List<Parameter> fields,
        IReadOnlyList<string> consumes
    )
    {
        if (body is { } parameter)
        {
            if (fields.Count > 0)
            {
                _findings.Warn(
                    ImportRules.Parameter,
                    parameter,
                    "A 'body' parameter and 'formData' parameters cannot be combined (OpenAPI 2.0, Parameter "
                        + "Object); the form is ignored."
                );
            }
            return new OperationBody
            {
                Node = parameter,
                IsRequired = JsonRead.IsTrue(parameter.Element, "required"u8),
                Description = JsonRead.Text(parameter.Element, "description"u8),
                Content = [.. NotForms(consumes).Select(name => new MediaType(name, parameter))],
            };
        }
        if (fields.Count == 0)
            return null;
        return new OperationBody
        {
            Node = head.Node,
            IsRequired = fields.Exists(field => field.IsRequired),
            Content = [new MediaType(FormType(fields, consumes), default) { Fields = fields }],
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
        var hasFile = fields.Exists(field =>
            JsonRead.Text(field.Node.Element, "type"u8) == "file"
            || (field.Node.Object("items") is { } items && JsonRead.Text(items.Element, "type"u8) == "file")
        );
        var isMultipart =
            consumes.Any(name => name.StartsWith(Multipart, StringComparison.OrdinalIgnoreCase))
            && !consumes.Any(name => name.StartsWith(Form, StringComparison.OrdinalIgnoreCase));
        return hasFile || isMultipart ? Multipart : Form;
    }

    private List<Response> ReadResponses(OperationHead head, JsonElement value)
    {
        var responses = new List<Response>();
        if (value.ValueKind != JsonValueKind.Object)
            return responses;
        var produces = Listed(head.Node.Element, "produces"u8, _produces);
        foreach (var (status, place) in ResponseStatus.Successes(head.Node.Child("responses", value)))
        {
            if (_references.Follow(place, "A response") is not { } response)
                continue;
            responses.Add(
                new Response(
                    status,
                    response.Child("schema") is null ? [] : [.. produces.Select(name => new MediaType(name, response))],
                    ResponseHeaders.Read(response)
                )
            );
        }
        return responses;
    }
}
