using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Reads <c>encoding</c>: how the properties of a form or multipart body are spelled (OpenAPI 3.2 section 4.15).
/// </summary>
internal static class PartEncodingReader
{
    internal static void Read(Node encoding, Dictionary<string, PartEncoding> parts, ImportFindings findings)
    {
        foreach (var property in encoding.Element.EnumerateObject())
        {
            if (property.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
                continue;
            var name = JsonRead.Name(property);
            var node = encoding.Child(name, property.Value);
            var style = SerializationStyle.Read(node, ArgumentLocation.Body, findings);
            var allowReserved = JsonRead.Bool(property.Value, "allowReserved"u8);
            var isStyled =
                JsonRead.Text(property.Value, "style"u8) is not null
                || style.Explode is not null
                || allowReserved is not null;
            parts[name] = new PartEncoding
            {
                // Any of the three makes the value a styled one, and its media type is ignored.
                ContentType = isStyled ? null : ContentType(node, findings),
                Style = style.Style ?? (isStyled ? ParameterStyle.Form : null),
                Explode = style.Explode,
                Delimiter = style.Delimiter,
                AllowReserved = allowReserved ?? false,
                Headers = Headers(node),
            };
        }
    }

    // A list offers a choice, and its first entry is as good as any.
    private static string? ContentType(Node encoding, ImportFindings findings)
    {
        if (JsonRead.Text(encoding.Element, "contentType"u8) is not { } text)
            return null;
        var first = text.Split(',')[0].Trim();
        if (MediaTypes.IsValid(first))
            return first;
        findings.Warn(
            ImportRules.MediaTypeName,
            encoding,
            $"'{text}' is not a media type (RFC 9110 section 8.3.1); the default of the property is used."
        );
        return null;
    }

    // A header that may have one value only, or has a default; one that a caller would choose has no argument.
    private static SortedDictionary<string, string> Headers(Node encoding)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (encoding.Object("headers") is not { } node)
            return headers;
        foreach (var header in node.Element.EnumerateObject())
        {
            var name = JsonRead.Name(header);
            if (
                !HttpToken.Is(name)
                || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                || !JsonRead.TryGetObject(header.Value, "schema"u8, out var schema)
            )
                continue;
            var value =
                JsonRead.TryGet(schema, "const"u8, out var only) ? JsonRead.Scalar(only)
                : JsonRead.TryGetArray(schema, "enum"u8, out var values) && values.GetArrayLength() == 1
                    ? JsonRead.Scalar(values[0])
                : JsonRead.TryGet(schema, "default"u8, out var preset) ? JsonRead.Scalar(preset)
                : null;
            if (value is not null)
                headers[name] = value;
        }
        return headers;
    }
}
