using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Makes arguments of a request body. Properties of a plain object stand as arguments of their own where a call with
/// them means the same as a call with the body: when the body must be there, or when nothing in it must be. All other
/// bodies are one argument.
/// </summary>
internal sealed class BodyProjector(ReferenceResolver resolver, PropertyAccess access, ImportFindings findings)
{
    /// <param name="body">The body.</param>
    /// <param name="namer">Knows the names of the parameters.</param>
    /// <param name="arguments">Receives the body's arguments.</param>
    /// <param name="fixedValues">Receives the properties that have one allowed value.</param>
    /// <returns>Null for a body without any media type.</returns>
    internal BodyBinding? Project(RequestBody body, ArgumentNamer namer, List<InputArgument> arguments, List<FixedValue> fixedValues)
    {
        if (MediaTypeChoice.Best(body.Content) is not { } type)
        {
            findings.Warn("request-body", body.Node, "The request body has no media type in 'content'; it is not sent.");
            return null;
        }
        var name = MediaTypeChoice.Concrete(type.Name);
        if (body.Content.Count > 1)
        {
            findings.Inform(
                "media-type", body.Node, $"The body goes out as {name}; the document also offers {string.Join(", ", body.Content.Where(other => other != type).Select(other => other.Name))}.");
        }
        var kind = MediaTypeChoice.KindOf(MediaTypeChoice.Essence(name));
        var parts = new Dictionary<string, PartEncoding>(StringComparer.Ordinal);
        var properties = type.Fields is { } fields ? FormFields(fields, parts)
            : kind is MediaKind.Json or MediaKind.Form or MediaKind.Multipart ? Properties(type, kind, parts)
            : null;
        if (properties is not null && (body.IsRequired || !properties.Exists(property => property.IsRequired)))
        {
            Flatten(properties, body.IsRequired, namer, arguments, fixedValues);
            return new BodyBinding { ContentType = name, Required = body.IsRequired, Encoding = parts };
        }
        var whole = Whole(body, type, kind, properties) with { Name = namer.NameOfBody() };
        arguments.Add(whole);
        return new BodyBinding { ContentType = name, Required = body.IsRequired, Argument = whole.Name, Encoding = parts };
    }

    private void Flatten(
        List<InputArgument> properties, bool isSent, ArgumentNamer namer, List<InputArgument> arguments, List<FixedValue> fixedValues)
    {
        foreach (var property in properties)
        {
            if (isSent && property.IsRequired && property.Shape == ArgumentShape.Schema
                && SingleValue.Json(property.Schema, resolver) is { } only)
                fixedValues.Add(new FixedValue(ArgumentLocation.Body, property.Name, only));
            else
            {
                arguments.Add(property with
                {
                    Name = namer.Name(ArgumentLocation.Body, property.Name),
                    Binding = new ArgumentBinding { In = ArgumentLocation.Body, Name = property.Name },
                });
            }
        }
    }

    private static InputArgument Whole(RequestBody body, MediaType type, MediaKind kind, List<InputArgument>? properties)
    {
        var description = DescriptionText.OrNull(body.Description);
        var overlay = new SchemaOverlay { Description = description, Example = type.Example };
        var argument = new InputArgument { Name = "", IsRequired = body.IsRequired, Schema = type.Schema, Overlay = overlay };
        return kind switch
        {
            _ when type.Fields is not null => argument with { Shape = ArgumentShape.Object, Properties = properties ?? [] },
            MediaKind.Multipart when properties is not null => argument with { Shape = ArgumentShape.Object, Properties = properties },
            MediaKind.JsonLines when type.ItemSchema is { } item => argument with { Shape = ArgumentShape.Items, Schema = item },
            MediaKind.Xml => Text("An XML document."),
            MediaKind.Text => Text(null),
            MediaKind.Octets => argument with { Shape = ArgumentShape.File },
            MediaKind.JsonLines => Text("Lines of JSON."),
            _ => argument,
        };

        InputArgument Text(string? hint) => argument with
        {
            Shape = ArgumentShape.Text,
            Overlay = new SchemaOverlay { Description = hint is null ? description : $"{description} {hint}".Trim() },
        };
    }

    // OpenAPI 2.0: every field is described as a parameter is.
    private static List<InputArgument> FormFields(IReadOnlyList<Parameter> fields, Dictionary<string, PartEncoding> parts)
    {
        var properties = new List<InputArgument>(fields.Count);
        foreach (var field in fields)
        {
            var isFile = JsonRead.Text(field.Node.Element, "type"u8) == "file";
            var binding = field.Binding;
            if (isFile)
                parts[field.Name] = new PartEncoding { File = true };
            else if (binding.Explode is not null)
                parts[field.Name] = new PartEncoding { Explode = binding.Explode, Delimiter = binding.Delimiter };
            properties.Add(new InputArgument
            {
                Name = field.Name,
                IsRequired = field.IsRequired,
                Shape = isFile ? ArgumentShape.File : ArgumentShape.Schema,
                Schema = field.Schema,
                Overlay = new SchemaOverlay { Description = DescriptionText.OrNull(field.Description), IsParameter = true },
            });
        }
        return properties;
    }

    private List<InputArgument>? Properties(MediaType type, MediaKind kind, Dictionary<string, PartEncoding> parts)
    {
        if (type.Schema is not { } schema)
            return null;
        if (kind != MediaKind.Json && type.Encoding is { } encoding)
            PartEncodingReader.Read(encoding, parts, findings);
        if (PlainObject.Read(schema, resolver, access) is not { } plain)
            return null;
        var properties = new List<InputArgument>(plain.Count);
        foreach (var property in plain)
        {
            var shape = kind == MediaKind.Multipart ? FileShape(property.Schema) : ArgumentShape.Schema;
            if (shape != ArgumentShape.Schema)
                parts[property.Name] = parts.GetValueOrDefault(property.Name, new PartEncoding()) with { File = true };
            properties.Add(new InputArgument
            {
                Name = property.Name,
                IsRequired = property.IsRequired,
                Shape = shape,
                Schema = property.Schema,
                Overlay = shape == ArgumentShape.Schema
                    ? default
                    : new SchemaOverlay { Description = DescriptionText.OrNull(JsonRead.Text(property.Schema.Element, "description"u8)) },
            });
        }
        return properties;
    }

    // Bytes: `format: binary` in 3.0; in 3.1 a media type without an encoding, or no type at all (3.2 section 4.14.2.1).
    private ArgumentShape FileShape(Node property)
    {
        if (PlainObject.Follow(property, resolver) is not { Element.ValueKind: JsonValueKind.Object } schema)
            return ArgumentShape.Schema;
        if (IsBytes(schema))
            return ArgumentShape.File;
        return JsonRead.TryGetObject(schema.Element, "items"u8, out var items)
            && PlainObject.Follow(schema.Child("items", items), resolver) is { Element.ValueKind: JsonValueKind.Object } item && IsBytes(item)
            ? ArgumentShape.Files
            : ArgumentShape.Schema;
    }

    private static bool IsBytes(Node schema)
    {
        var element = schema.Element;
        if (JsonRead.Text(element, "format"u8) == "binary" || JsonRead.Text(element, "type"u8) == "file")
            return true;
        if (schema.Document.Line != SpecLine.V31 || JsonRead.TryGet(element, "contentEncoding"u8, out _))
            return false;
        var hasType = JsonRead.TryGet(element, "type"u8, out _);
        return JsonRead.Text(element, "contentMediaType"u8) is { } type
            ? (!hasType || JsonRead.Text(element, "type"u8) == "string")
                && MediaTypeChoice.KindOf(MediaTypeChoice.Essence(type)) == MediaKind.Octets
            : !hasType && SchemaShape.Of(element) is { IsComposed: false } shape && !shape.Has(SchemaKeyword.Enum)
                && !shape.Has(SchemaKeyword.Properties);
    }
}
