using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Makes arguments of a request body. Properties of a plain object become arguments where a call with
/// them means the same as a call with the body: when the body must be there, or when nothing in it must be. All other
/// bodies are one argument.
/// </summary>
internal sealed class BodyProjector(ReferenceResolver resolver, PropertyAccess access, ImportFindings findings)
{
    private readonly PlainObject _plain = new(resolver, access);

    /// <param name="body">The body.</param>
    /// <param name="namer">Knows the names of the parameters.</param>
    /// <param name="arguments">Receives the body's arguments.</param>
    /// <param name="fixedValues">Receives the properties that have one allowed value.</param>
    /// <returns>Null for a body without any media type.</returns>
    internal BodyBinding? Project(
        OperationBody body,
        ArgumentNamer namer,
        List<InputArgument> arguments,
        List<FixedValue> fixedValues
    )
    {
        var parts = MediaTypeChoice.Best(body.Content) is { } type ? Arguments(body, type) : new BodyArguments();
        if (parts.Binding is null)
            findings.Warn(
                ImportRules.RequestBody,
                body.Node,
                "The request body has no media type in 'content'; it is not sent."
            );
        fixedValues.AddRange(parts.Fixed);
        foreach (var property in parts.Properties)
            arguments.Add(property with { Name = namer.Name(ArgumentLocation.Body, property.Name) });
        if (parts.Whole is not { } whole)
            return parts.Binding;
        var name = namer.NameOfBody();
        arguments.Add(new InputArgument(name, body.IsRequired, whole, null, body.Node));
        return parts.Binding! with { Argument = name };
    }

    private BodyArguments Arguments(OperationBody body, MediaType type)
    {
        var name = MediaTypeChoice.Concrete(type.Name);
        if (body.Content.Count > 1)
        {
            findings.Inform(
                ImportRules.MediaType,
                body.Node,
                $"The body is sent as {name}; the document also allows "
                    + $"{string.Join(", ", body.Content.Where(other => other != type).Select(other => other.Name))}."
            );
        }
        var kind = MediaTypes.KindOf(MediaTypes.Essence(name));
        var parts = new Dictionary<string, PartEncoding>(StringComparer.Ordinal);
        var properties =
            type.Fields is { } fields ? FormFields(fields, kind, parts)
            : kind is MediaKind.Json or MediaKind.Form or MediaKind.Multipart ? Properties(body, type, kind, parts)
            : null;
        var binding = new BodyBinding
        {
            ContentType = name,
            Required = body.IsRequired,
            Encoding = parts,
        };
        return properties is not null && (body.IsRequired || !properties.Exists(property => property.IsRequired))
            ? Flattened(binding, properties)
            : new BodyArguments { Binding = binding, Whole = Whole(body, type, kind, properties) };
    }

    private BodyArguments Flattened(BodyBinding binding, List<InputArgument> properties)
    {
        var (asked, given) = (new List<InputArgument>(properties.Count), new List<FixedValue>());
        foreach (var property in properties)
        {
            if (
                binding.Required
                && property.IsRequired
                && property.Schema.Shape == ArgumentShape.Schema
                && SingleValue.Json(property.Schema.Schema, resolver) is { } only
            )
                given.Add(new FixedValue(ArgumentLocation.Body, property.Name, only));
            else
                asked.Add(
                    property with
                    {
                        Binding = new ArgumentBinding { In = ArgumentLocation.Body, Name = property.Name },
                    }
                );
        }
        return new BodyArguments
        {
            Binding = binding,
            Properties = asked,
            Fixed = given,
        };
    }

    private ArgumentSchema Whole(OperationBody body, MediaType type, MediaKind kind, List<InputArgument>? properties)
    {
        var description = DescriptionText.OrNull(body.Description);
        var overlay = new SchemaOverlay { Description = description, Example = type.Example };
        return kind switch
        {
            _ when type.Fields is not null => Of(ArgumentShape.Object),
            MediaKind.Multipart when properties is not null => Of(ArgumentShape.Object),
            MediaKind.JsonLines when type.ItemSchema is not null => Of(ArgumentShape.Items),
            MediaKind.JsonLines when type.Schema is { } sequence && LinesShape(sequence) is { } shape => Of(shape),
            MediaKind.Xml => Text("An XML document."),
            MediaKind.Text => Text(null),
            MediaKind.Octets => Of(ArgumentShape.File),
            MediaKind.JsonLines => Text("Lines of JSON."),
            _ => Of(ArgumentShape.Schema),
        };

        ArgumentSchema Of(ArgumentShape shape) =>
            new()
            {
                Body = body,
                Shape = shape,
                Schema = shape == ArgumentShape.Items ? type.ItemSchema ?? type.Schema : type.Schema,
                Overlay = overlay,
                Properties = properties ?? [],
            };

        ArgumentSchema Text(string? hint) =>
            new()
            {
                Body = body,
                Shape = ArgumentShape.Text,
                Overlay = new SchemaOverlay
                {
                    Description = hint is null ? description : $"{description} {hint}".Trim(),
                },
            };
    }

    // OpenAPI 2.0: every field is described as a parameter is.
    private List<InputArgument> FormFields(
        IReadOnlyList<Parameter> fields,
        MediaKind kind,
        Dictionary<string, PartEncoding> parts
    )
    {
        var properties = new List<InputArgument>(fields.Count);
        foreach (var field in fields)
        {
            var shape = kind == MediaKind.Multipart ? FileSchema.ShapeOf(field.Node, resolver) : ArgumentShape.Schema;
            var isFile = shape != ArgumentShape.Schema;
            var binding = field.Binding;
            if (isFile)
                parts[field.Name] = new PartEncoding { File = true };
            else if (binding.Explode is not null || binding.Items is not null)
                parts[field.Name] = new PartEncoding
                {
                    Explode = binding.Explode,
                    Delimiter = binding.Delimiter,
                    Items = binding.Items,
                };
            var argument = new ArgumentSchema
            {
                Parameter = field,
                Shape = shape,
                Schema = field.Schema,
                Overlay = new SchemaOverlay { Description = field.Description, IsParameter = true },
            };
            properties.Add(new InputArgument(field.Name, field.IsRequired, argument, null, field.Node));
        }
        return properties;
    }

    private List<InputArgument>? Properties(
        OperationBody body,
        MediaType type,
        MediaKind kind,
        Dictionary<string, PartEncoding> parts
    )
    {
        if (type.Schema is not { } schema)
            return null;
        if (kind != MediaKind.Json && type.Encoding is { } encoding)
            PartEncodingReader.Read(encoding, parts, findings);
        var plain = _plain.Read(schema);
        // A form that may be null, as some frameworks write an optional one.
        if (plain is null && kind != MediaKind.Json && FileSchema.Behind(schema, resolver) is { } meant)
            plain = _plain.Read(meant);
        if (plain is null)
            return null;
        foreach (var repair in _plain.Repairs)
            findings.Warn(ImportRules.SchemaRepair, schema, repair);
        var properties = new List<InputArgument>(plain.Count);
        foreach (var property in plain)
        {
            var shape =
                kind == MediaKind.Multipart ? FileSchema.ShapeOf(property.Schema, resolver) : ArgumentShape.Schema;
            if (shape != ArgumentShape.Schema)
                parts[property.Name] = parts.GetValueOrDefault(property.Name, new PartEncoding()) with { File = true };
            var argument = new ArgumentSchema
            {
                Body = body,
                Shape = shape,
                Schema = property.Schema,
                Overlay =
                    shape == ArgumentShape.Schema
                        ? SchemaOverlay.None
                        : new SchemaOverlay
                        {
                            Description = DescriptionText.OrNull(
                                JsonRead.Text(property.Schema.Element, "description"u8)
                            ),
                        },
            };
            properties.Add(new InputArgument(property.Name, property.IsRequired, argument, null, body.Node));
        }
        // OpenAPI 3.2 section 4.15: an encoding for what is not a property is ignored.
        if (parts.Count > 0)
            KeepPartsOf(properties, parts);
        return properties;
    }

    private static void KeepPartsOf(List<InputArgument> properties, Dictionary<string, PartEncoding> parts)
    {
        foreach (var name in parts.Keys.Where(name => !properties.Exists(property => property.Name == name)).ToList())
            parts.Remove(name);
    }

    // OpenAPI 3.2 section 4.14.3: the schema of a sequence is that of an array. Before, many wrote that of a single
    // line.
    private ArgumentShape? LinesShape(Node schema)
    {
        if (FileSchema.Behind(schema, resolver) is not { } meant)
            return null;
        return FileSchema.IsType(meant, "array"u8) || JsonRead.TryGetObject(meant.Element, "items"u8, out _)
                ? ArgumentShape.Schema
            : FileSchema.IsType(meant, "object"u8) || JsonRead.TryGetObject(meant.Element, "properties"u8, out _)
                ? ArgumentShape.Items
            : null;
    }
}
