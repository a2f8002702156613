using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Makes one tool of one operation.</summary>
internal sealed class ToolProjector(
    ReferenceResolver resolver,
    SchemaWriter schemas,
    BodyProjector bodies,
    SecurityProjector security,
    SecurityNeeds? needs,
    ImportFindings findings)
{
    private readonly InputSchemaWriter _inputs = new(schemas, findings);
    private readonly ArgumentNamer _namer = new();
    private readonly List<InputArgument> _arguments = [];
    private readonly List<FixedValue> _fixed = [];

    internal ToolDraft Project(in Operation operation, string name)
    {
        _namer.Clear();
        _arguments.Clear();
        _fixed.Clear();
        var endpoint = EndpointPath.Of(operation.Head, operation.Parameters, findings);
        AddParameters(endpoint.Parameters, operation.Security ?? needs);
        var body = operation.Body is { } requestBody ? bodies.Project(requestBody, _namer, _arguments, _fixed) : null;
        foreach (var argument in _arguments)
            _inputs.FragmentOf(argument.Schema);
        ResponseProjector.Project(operation.Responses, schemas, findings);
        if (operation.Security is { } own && !security.KnowsAll(own))
            own.IsSpokenOf = true;
        return new ToolDraft
        {
            Name = name,
            Title = Title(operation),
            Description = Description(operation),
            Tags = Tags(operation.Head.Tags),
            Endpoint = string.Concat(operation.Head.Method, " ", endpoint.Path),
            OperationId = operation.Head.OperationId,
            Node = operation.Head.Node,
            Bindings = Bindings(),
            Arguments = Arguments(),
            Fixed = _fixed.Count == 0 ? [] : [.. _fixed],
            Body = body,
            Responses = operation.Responses,
            Annotations = HttpSemantics.Hints(operation.Head),
            Needs = operation.Security,
            Servers = operation.Servers,
        };
    }

    // The order in which names are given: of two that coincide, the path's keeps its own.
    private void AddParameters(IReadOnlyList<Parameter> parameters, SecurityNeeds? needs)
    {
        for (var place = ArgumentLocation.Path; place <= ArgumentLocation.QueryString; place++)
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].Binding.In == place && (needs is null || !IsCredential(parameters[i], needs)))
                {
                    if (place != ArgumentLocation.QueryString || IsAlone(parameters, i))
                        AddParameter(parameters[i]);
                }
            }
        }
    }

    // OpenAPI 3.2 section 4.12: one querystring parameter, and no query parameters beside it.
    private bool IsAlone(IReadOnlyList<Parameter> parameters, int position)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Binding.In != ArgumentLocation.Query && (i >= position || parameters[i].Binding.In != ArgumentLocation.QueryString))
                continue;
            Say(parameters[position]);
            findings.Warn(
                "parameter", parameters[position].Node,
                $"The parameter '{parameters[position].Name}' is the whole query string, and '{parameters[i].Name}' is in it too; the former is passed over.");
            return false;
        }
        return true;
    }

    // Documents describe the key of a security scheme as a parameter too. It is a secret, and nothing to ask a model for.
    private bool IsCredential(Parameter parameter, SecurityNeeds needs)
    {
        if (security.KeyAt(needs, parameter.Binding.In, parameter.Name) is not { } scheme)
            return false;
        Say(parameter);
        findings.Inform(
            "credential-parameter", parameter.Node,
            $"The parameter '{parameter.Name}' is no argument: the security scheme '{scheme}' fills it with the connector's credential.");
        return true;
    }

    private void AddParameter(Parameter parameter)
    {
        var binding = parameter.Binding;
        if (binding.In == ArgumentLocation.Header && RequestFields.Refuse(parameter.Name) is { } reason)
        {
            Say(parameter);
            findings.Inform("reserved-header", parameter.Node, $"The header parameter '{parameter.Name}' is no argument: {reason}.");
            return;
        }
        if (binding.In == ArgumentLocation.Cookie && !HttpToken.Is(parameter.Name))
        {
            Say(parameter);
            findings.Warn("parameter", parameter.Node, $"The cookie parameter '{parameter.Name}' has a name that no cookie can have (RFC 6265 section 4.1.1); it is passed over.");
            return;
        }
        if (parameter.IsRequired && IsPlain(binding) && SingleValue.Text(parameter.Schema, resolver) is { } only)
        {
            _fixed.Add(new FixedValue(binding.In, parameter.Name, Quoted(only)));
            return;
        }
        parameter.Argument ??= new ArgumentSchema
        {
            Source = parameter.Source,
            Shape = Shape(parameter),
            Schema = parameter.Schema,
            Overlay = new SchemaOverlay
            {
                Description = DescriptionText.OrNull(parameter.Description),
                Example = parameter.Example,
                IsDeprecated = parameter.IsDeprecated,
                IsParameter = parameter.IsOwnSchema,
            },
        };
        _arguments.Add(new InputArgument(_namer.Name(binding.In, parameter.Name), parameter.IsRequired, parameter.Argument, binding));
    }

    private KeyValuePair<string, ArgumentBinding>[] Bindings()
    {
        var arguments = CollectionsMarshal.AsSpan(_arguments);
        // The argument that is the whole body has no place of its own, and is the last.
        if (arguments is [.., { Binding: null }])
            arguments = arguments[..^1];
        var bindings = new KeyValuePair<string, ArgumentBinding>[arguments.Length];
        for (var i = 0; i < bindings.Length; i++)
            bindings[i] = new(arguments[i].Name, arguments[i].Binding!);
        return bindings;
    }

    private DraftArgument[] Arguments()
    {
        var arguments = new DraftArgument[_arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = new DraftArgument(_arguments[i].Schema, _arguments[i].IsRequired);
        return arguments;
    }

    private static void Say(Parameter parameter)
    {
        if (parameter.Source is { } source)
            source.IsSpokenOf = true;
    }

    // Content that is not JSON or a form is text to the caller, whatever data it spells.
    private static ArgumentShape Shape(Parameter parameter) =>
        parameter.Binding.ContentType is { } type
            && MediaTypes.KindOf(MediaTypes.Essence(type)) is not (MediaKind.Json or MediaKind.Form)
            ? ArgumentShape.Text
            : ArgumentShape.Schema;

    // The value of a fixed parameter goes out as it is.
    private static bool IsPlain(ArgumentBinding binding) =>
        binding.Style is null && binding.ContentType is null && binding.In != ArgumentLocation.QueryString;

    private static string? Title(in Operation operation) =>
        DescriptionText.Title(operation.Head.Extension.Title) ?? DescriptionText.Title(operation.Summary);

    private static string[] Tags(IReadOnlyList<string> tags) =>
        tags.Count == 0 ? [] : [.. tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string Description(in Operation operation)
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
        new(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
}
