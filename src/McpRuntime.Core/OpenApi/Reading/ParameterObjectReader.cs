using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Reads Parameter Objects of OpenAPI 3.0, 3.1 and 3.2.</summary>
internal sealed class ParameterObjectReader
{
    private readonly ImportFindings _findings = new();
    private readonly ContentReader _content;

    internal ParameterObjectReader(ReferenceResolver resolver) =>
        _content = new ContentReader(new ReferenceFollower(resolver, _findings), _findings);

    /// <param name="node">The object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="place">Its <c>in</c>.</param>
    internal Found<Parameter?> Read(Node node, string name, string place) =>
        _findings.With(Parameter(node, name, place));

    private Parameter? Parameter(Node node, string name, string where)
    {
        ArgumentLocation? location = where switch
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
                ImportRules.Parameter,
                node,
                $"The parameter '{name}' has unknown location '{where}'; ignored."
            );
            return null;
        }
        var content = _content.Read(node);
        var style =
            content.Count > 0 || place == ArgumentLocation.QueryString
                ? default
                : SerializationStyle.Read(node, place, _findings);
        return new Parameter
        {
            Name = name,
            Node = node,
            Origin = node,
            IsRequired = place == ArgumentLocation.Path || JsonRead.IsTrue(node.Element, "required"u8),
            Description = DescriptionText.OrNull(JsonRead.Text(node.Element, "description"u8)),
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
                AllowSlash =
                    place == ArgumentLocation.Path && JsonRead.IsTrue(node.Element, "x-ms-skip-url-encoding"u8),
                AllowEmpty = place == ArgumentLocation.Query && JsonRead.IsTrue(node.Element, "allowEmptyValue"u8),
                ContentType =
                    content.Count > 0 ? content[0].Name
                    : place == ArgumentLocation.QueryString ? "application/x-www-form-urlencoded"
                    : null,
            },
        };
    }

    private static JsonElement Example(JsonElement parameter)
    {
        if (parameter.TryGetProperty("example"u8, out var example))
            return example;
        if (JsonRead.TryGetObject(parameter, "examples"u8, out var examples))
        {
            foreach (var entry in examples.EnumerateObject())
            {
                if (
                    JsonRead.TryGet(entry.Value, "value"u8, out var value)
                    || JsonRead.TryGet(entry.Value, "dataValue"u8, out value)
                )
                    return value;
            }
        }
        return default;
    }
}
