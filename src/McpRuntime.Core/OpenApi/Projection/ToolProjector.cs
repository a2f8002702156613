using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Paging;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Makes one tool of one operation.</summary>
internal sealed class ToolProjector
{
    private static readonly string[] TokenWords = ["Authentication token", "Access token", "OAuth", "Bearer token"];

    private readonly ImportFindings _findings = new();
    private readonly ReferenceResolver _resolver;
    private readonly ParseCache<ArgumentSchema> _schemas = new();
    private readonly BodyProjector _bodies;
    private readonly PagingRecognizer _paging;
    private readonly SecurityProjector _security;
    private readonly SecurityNeeds? _needs;

    /// <param name="resolver">Follows references.</param>
    /// <param name="security">Tells which parameters are credentials.</param>
    /// <param name="needs">What operations need that say nothing themselves.</param>
    internal ToolProjector(ReferenceResolver resolver, SecurityProjector security, SecurityNeeds? needs)
    {
        _resolver = resolver;
        _security = security;
        _needs = needs;
        _paging = new PagingRecognizer(resolver, _findings);
        _bodies = new BodyProjector(resolver, new PropertyAccess(resolver), _findings);
    }

    internal Found<ToolShape> Project(Operation operation, string name)
    {
        var (namer, arguments, constants) = (new ArgumentNamer(), new List<InputArgument>(), new List<FixedValue>());
        var endpoint = EndpointPath.Of(operation.Head, operation.Parameters, _findings);
        foreach (var parameter in InOrder(endpoint.Parameters, operation.Security ?? _needs))
            Add(parameter, namer, arguments, constants);
        var body = operation.Body is { } content ? _bodies.Project(content, namer, arguments, constants) : null;
        var bindings = Bindings(arguments);
        var output = ResponseProjector.Project(operation.Responses);
        var pagination = _paging.Recognise(operation, bindings, output.Schemas, output.Headers);
        return _findings.With(
            new ToolShape
            {
                Name = name,
                Command = operation.Head.Extension.Command,
                Title = Title(operation),
                Description = Description(operation),
                Tags = Tags(operation.Head.Tags),
                Endpoint = string.Concat(operation.Head.Method, " ", endpoint.Path),
                OperationId = operation.Head.OperationId,
                Node = operation.Head.Node,
                Bindings = bindings,
                Arguments =
                [
                    .. arguments.Select(argument => new ToolArgument(
                        argument.Schema,
                        argument.IsRequired,
                        argument.Origin
                    )),
                ],
                Fixed = constants,
                Body = body,
                Output = output,
                Pagination = pagination,
                Annotations = HttpSemantics.Hints(operation.Head),
                Needs = operation.Security,
                Servers = operation.Servers,
            }
        );
    }

    // The order in which names are given: of two that coincide, the path's keeps its own.
    private IEnumerable<Parameter> InOrder(IReadOnlyList<Parameter> parameters, SecurityNeeds? needs)
    {
        for (var place = ArgumentLocation.Path; place <= ArgumentLocation.QueryString; place++)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (
                    parameters[i].Binding.In == place
                    && (needs is null || !IsCredential(parameters[i], needs))
                    && (place != ArgumentLocation.QueryString || IsAlone(parameters, i))
                )
                    yield return parameters[i];
            }
        }
    }

    // OpenAPI 3.2 section 4.12: one querystring parameter, and no query parameters next to it.
    private bool IsAlone(IReadOnlyList<Parameter> parameters, int position)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (
                parameters[i].Binding.In != ArgumentLocation.Query
                && (i >= position || parameters[i].Binding.In != ArgumentLocation.QueryString)
            )
                continue;
            _findings.Warn(
                ImportRules.Parameter,
                parameters[position].Node,
                $"The parameter '{parameters[position].Name}' is the whole query string, and "
                    + $"'{parameters[i].Name}' is part of it; the former is ignored."
            );
            return false;
        }
        return true;
    }

    // Documents describe the key of a security scheme as a parameter too. It is a secret, and nothing to ask a model
    // for.
    private bool IsCredential(Parameter parameter, SecurityNeeds needs)
    {
        var scheme = _security.KeyAt(needs, parameter.Binding.In, parameter.Name)
            ?? (IsToken(parameter) ? _security.TokenOf(needs) : null);
        if (scheme is null)
            return false;
        _findings.Inform(
            ImportRules.CredentialParameter,
            parameter.Node,
            $"The parameter '{parameter.Name}' is not an argument: the security scheme '{scheme}' sets it to "
                + $"the connector's credential."
        );
        return true;
    }

    // Slack's and Google's documents have the token that goes into the Authorization field as a parameter, too.
    private static bool IsToken(Parameter parameter) =>
        parameter.Binding.In is ArgumentLocation.Query or ArgumentLocation.Header
        && parameter.Name is "token" or "access_token" or "oauth_token"
        && TokenWords.Any(words =>
            parameter.Description?.StartsWith(words, StringComparison.OrdinalIgnoreCase) == true
        );

    private void Add(
        Parameter parameter,
        ArgumentNamer namer,
        List<InputArgument> arguments,
        List<FixedValue> constants
    )
    {
        var binding = parameter.Binding;
        if (binding.In == ArgumentLocation.Header && RequestFields.Refuse(parameter.Name) is { } reason)
        {
            _findings.Inform(
                ImportRules.ReservedHeader,
                parameter.Node,
                $"The header parameter '{parameter.Name}' is not an argument: {reason}."
            );
            return;
        }
        if (binding.In == ArgumentLocation.Cookie && !HttpToken.Is(parameter.Name))
        {
            _findings.Warn(
                ImportRules.Parameter,
                parameter.Node,
                $"The cookie parameter '{parameter.Name}' does not have a valid cookie name (RFC 6265 section "
                    + $"4.1.1); ignored."
            );
            return;
        }
        if (parameter.IsRequired && IsPlain(binding) && SingleValue.Text(parameter.Schema, _resolver) is { } only)
        {
            constants.Add(new FixedValue(binding.In, parameter.Name, Quoted(only)));
            return;
        }
        var schema = parameter.IsAssumed
            ? SchemaOf(parameter)
            : _schemas.Get(parameter.Origin, _ => new Found<ArgumentSchema>(SchemaOf(parameter), [])).Value;
        arguments.Add(
            new InputArgument(
                namer.Name(binding.In, parameter.Name),
                parameter.IsRequired,
                schema,
                binding,
                parameter.Node
            )
        );
    }

    private static ArgumentSchema SchemaOf(Parameter parameter) =>
        new()
        {
            Parameter = parameter.IsAssumed ? null : parameter,
            Shape = Shape(parameter),
            Schema = parameter.Schema,
            Overlay = new SchemaOverlay
            {
                Description = parameter.Description,
                Example = parameter.Example,
                IsDeprecated = parameter.IsDeprecated,
                IsParameter = parameter.IsOwnSchema,
            },
        };

    // The argument that is the whole body has no location, and is the last.
    private static KeyValuePair<string, ArgumentBinding>[] Bindings(List<InputArgument> arguments)
    {
        var bindings = new KeyValuePair<string, ArgumentBinding>[
            arguments.Count - (arguments is [.., { Binding: null }] ? 1 : 0)
        ];
        for (var i = 0; i < bindings.Length; i++)
            bindings[i] = new(arguments[i].Name, arguments[i].Binding!);
        return bindings;
    }

    // Content that is not JSON or a form is text to the caller, whatever data it spells.
    private static ArgumentShape Shape(Parameter parameter) =>
        parameter.Binding.ContentType is { } type
        && MediaTypes.KindOf(MediaTypes.Essence(type)) is not (MediaKind.Json or MediaKind.Form)
            ? ArgumentShape.Text
            : ArgumentShape.Schema;

    // The value of a fixed parameter is sent as it is.
    private static bool IsPlain(ArgumentBinding binding) =>
        binding.Style is null && binding.ContentType is null && binding.In != ArgumentLocation.QueryString;

    private static string? Title(Operation operation) =>
        DescriptionText.Title(operation.Head.Extension.Title) ?? DescriptionText.Title(operation.Summary);

    private static string[] Tags(IReadOnlyList<string> tags) =>
        tags.Count == 0
            ? []
            :
            [
                .. tags.Select(tag => tag.Trim())
                    .Where(tag => tag.Length > 0)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ];

    private static string Description(Operation operation)
    {
        var head = operation.Head;
        var text = head.Extension.Description is { } own
            ? DescriptionText.Join(null, own)
            : DescriptionText.Join(operation.Summary, operation.Description);
        if (text.Length == 0)
            text = $"{head.Method} {head.Path}";
        return head.IsDeprecated ? DescriptionText.Join("Deprecated.", text) : text;
    }

    private static JsonText Quoted(string text) =>
        new(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
}
