using System.Text;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A tool whose schemas still have holes for the names of shared schemas.</summary>
internal sealed record ToolDraft(ToolManifest Manifest, SchemaFragment Input, SchemaFragment? Output, string? OperationId);

/// <summary>Makes one tool of one operation.</summary>
internal sealed class ToolProjector(
    ReferenceResolver resolver,
    SchemaWriter schemas,
    BodyProjector bodies,
    SecurityProjector security,
    ServerProjector servers,
    ImportFindings findings)
{
    private readonly InputSchemaWriter _inputs = new(schemas);

    internal ToolDraft Project(Operation operation, string name)
    {
        var namer = new ArgumentNamer();
        var arguments = new List<InputArgument>();
        var fixedValues = new List<FixedValue>();
        var endpoint = EndpointPath.Of(operation.Head, operation.Parameters, findings);
        foreach (var parameter in ByPlace(endpoint.Parameters))
            AddParameter(parameter, namer, arguments, fixedValues);
        var body = operation.Body is { } requestBody ? bodies.Project(requestBody, namer, arguments, fixedValues) : null;
        var bindings = new Dictionary<string, ArgumentBinding>(arguments.Count, StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument.Binding is { } binding)
                bindings.Add(argument.Name, binding);
        }
        var input = _inputs.Write(arguments);
        var output = ResponseProjector.Output(operation.Responses, schemas);
        var (title, description) = (Title(operation), Description(operation));
        var manifest = new ToolManifest
        {
            Name = name,
            Title = title,
            Description = description,
            ImportedText = TextFingerprint.Of(title, description),
            Endpoint = $"{operation.Head.Method} {endpoint.Path}",
            Arguments = bindings,
            Fixed = fixedValues,
            Body = body,
            Accept = ResponseProjector.Accept(operation.Responses),
            InputSchema = default,
            Annotations = HttpSemantics.Hints(operation.Head),
            Security = operation.Security is { } needs ? security.Project(needs) : null,
            Server = servers.Of(operation),
        };
        return new ToolDraft(manifest, input, output, operation.Head.OperationId);
    }

    // The order in which names are given: of two that coincide, the path's keeps its own.
    private static IEnumerable<Parameter> ByPlace(IReadOnlyList<Parameter> parameters)
    {
        for (var place = ArgumentLocation.Path; place <= ArgumentLocation.QueryString; place++)
        {
            foreach (var parameter in parameters)
            {
                if (parameter.Binding.In == place)
                    yield return parameter;
            }
        }
    }

    private void AddParameter(Parameter parameter, ArgumentNamer namer, List<InputArgument> arguments, List<FixedValue> fixedValues)
    {
        var binding = parameter.Binding;
        if (binding.In == ArgumentLocation.Header && ReservedHeaders.Refuse(parameter.Name) is { } reason)
        {
            findings.Inform("reserved-header", parameter.Node, $"The header parameter '{parameter.Name}' is no argument: {reason}.");
            return;
        }
        if (binding.In == ArgumentLocation.Cookie && !HttpSyntax.IsToken(parameter.Name))
        {
            findings.Warn("parameter", parameter.Node, $"The cookie parameter '{parameter.Name}' has a name that no cookie can have (RFC 6265 section 4.1.1); it is passed over.");
            return;
        }
        if (parameter.IsRequired && IsPlain(binding) && SingleValue.Text(parameter.Schema, resolver) is { } only)
        {
            fixedValues.Add(new FixedValue(binding.In, parameter.Name, Quoted(only)));
            return;
        }
        arguments.Add(new InputArgument
        {
            Name = namer.Name(binding.In, parameter.Name),
            IsRequired = parameter.IsRequired,
            Shape = Shape(parameter),
            Schema = parameter.Schema,
            Binding = binding,
            Overlay = new SchemaOverlay
            {
                Description = DescriptionText.OrNull(parameter.Description),
                Example = parameter.Example,
                IsDeprecated = parameter.IsDeprecated,
                IsParameter = parameter.IsOwnSchema,
            },
        });
    }

    // Content that is not JSON or a form is text to the caller, whatever data it spells.
    private static ArgumentShape Shape(Parameter parameter) =>
        parameter.Binding.ContentType is { } type
            && MediaTypeChoice.KindOf(MediaTypeChoice.Essence(type)) is not (MediaKind.Json or MediaKind.Form)
            ? ArgumentShape.Text
            : ArgumentShape.Schema;

    // The value of a fixed parameter goes out as it is.
    private static bool IsPlain(ArgumentBinding binding) =>
        binding.Style is null && binding.ContentType is null && binding.In != ArgumentLocation.QueryString;

    private static string? Title(Operation operation) =>
        DescriptionText.Title(operation.Head.Extension.Title) ?? DescriptionText.Title(operation.Summary);

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
        new(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
}
