using System.Globalization;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Rules about header names, media types and styles: what HTTP and OpenAPI allow in which location.</summary>
internal static class TransportRules
{
    public static void Check(FindingList findings, ToolContext context)
    {
        var tool = context.Tool;
        if (tool.Accept is { } accept && !MediaTypes.IsRangeList(accept))
            MediaType(findings, context, context.At("accept"), "accept", accept);
        foreach (var (name, binding) in tool.Arguments ?? ReadOnlyNone)
        {
            if (!IsGoodName(binding.In, binding.Name ?? ""))
                Name(findings, context, context.At("arguments", name, "name"), binding.In, binding.Name!);
            if (binding.ContentType is { } type && !MediaTypes.IsValid(type))
                MediaType(findings, context, context.At("arguments", name, "content_type"), "content_type", type);
            if (binding.AllowSlash && binding.In != ArgumentLocation.Path)
            {
                findings.Error(
                    ValidationRules.ArgumentStyle,
                    context.At("arguments", name, "allow_slash"),
                    $"{context.Label} allows '/' in the argument '{name}', which is only possible in the "
                        + $"path; remove 'allow_slash'."
                );
            }
            if (binding.Style is { } style)
                CheckStyle(findings, context, name, binding, style);
        }
        for (var i = 0; i < tool.Fixed.Count; i++)
        {
            var (location, name, _) = tool.Fixed[i];
            if (!IsGoodName(location, name))
                Name(
                    findings,
                    context,
                    context.At("fixed", i.ToString(CultureInfo.InvariantCulture), "name"),
                    location,
                    name
                );
            CheckFixed(findings, context, i, tool.Fixed[i]);
        }
        for (var i = 0; i < tool.ResponseHeaders.Count; i++)
        {
            if (!HttpToken.Is(tool.ResponseHeaders[i]))
                Header(
                    findings,
                    context,
                    context.At("response_headers", i.ToString(CultureInfo.InvariantCulture)),
                    tool.ResponseHeaders[i]
                );
        }
        if (tool.Body is { } body)
            CheckBody(findings, context, body);
    }

    private static IReadOnlyDictionary<string, ArgumentBinding> ReadOnlyNone =>
        System.Collections.ObjectModel.ReadOnlyDictionary<string, ArgumentBinding>.Empty;

    private static void CheckBody(FindingList findings, ToolContext context, BodyBinding body)
    {
        if (body.ContentType.Length > 0 && !MediaTypes.IsValid(body.ContentType))
            MediaType(findings, context, context.At("body", "content_type"), "content_type", body.ContentType);
        foreach (var (name, part) in body.Encoding)
        {
            // OpenAPI 3.2, Encoding Object: several media types may be offered.
            if (part.ContentType is { } type && !MediaTypes.IsRangeList(type))
                MediaType(
                    findings,
                    context,
                    context.At("body", "encoding", name, "content_type"),
                    "content_type",
                    type
                );
            foreach (var header in part.Headers.Keys)
            {
                if (!HttpToken.Is(header))
                    Header(findings, context, context.At("body", "encoding", name, "headers", header), header);
            }
        }
    }

    // RFC 9110 section 5.5: a line break in a field would begin another one.
    private static void CheckFixed(FindingList findings, ToolContext context, int index, FixedValue value)
    {
        if (
            value.In != ArgumentLocation.Header
            || value.Value.ToElement() is not { ValueKind: System.Text.Json.JsonValueKind.String } text
            || !text.GetString().AsSpan().ContainsAnyInRange('\0', '\u001f')
        )
            return;
        findings.Error(
            ValidationRules.FixedValue,
            context.At("fixed", index.ToString(CultureInfo.InvariantCulture), "value"),
            $"{context.Label} sends a fixed header '{value.Name}' with a control character, which a header "
                + $"field cannot carry; remove the character."
        );
    }

    private static bool IsGoodName(ArgumentLocation location, string name) =>
        name.Length == 0
        || location is not (ArgumentLocation.Header or ArgumentLocation.Cookie)
        || (location == ArgumentLocation.Cookie ? HttpToken.Is(name) : RequestFields.Refuse(name) is null);

    private static void Name(
        FindingList findings,
        ToolContext context,
        string pointer,
        ArgumentLocation location,
        string name
    )
    {
        if (!HttpToken.Is(name))
        {
            Header(findings, context, pointer, name);
            return;
        }
        findings.Error(
            ValidationRules.HeaderName,
            pointer,
            $"{context.Label} sets the {ManifestWords.Locations[(int)location]} '{name}', but "
                + $"{RequestFields.Refuse(name)}; remove it here."
        );
    }

    // OpenAPI 3.2, Parameter Object, Style Values.
    private static void CheckStyle(
        FindingList findings,
        ToolContext context,
        string name,
        ArgumentBinding binding,
        ParameterStyle style
    )
    {
        ReadOnlySpan<ParameterStyle> allowed = binding.In switch
        {
            ArgumentLocation.Path => [ParameterStyle.Simple, ParameterStyle.Label, ParameterStyle.Matrix],
            ArgumentLocation.Query => [ParameterStyle.Form, ParameterStyle.DeepObject],
            ArgumentLocation.Header => [ParameterStyle.Simple],
            ArgumentLocation.Cookie => [ParameterStyle.Form, ParameterStyle.Cookie],
            _ => [],
        };
        if (allowed.Contains(style) && binding.ContentType is null)
            return;
        var location = ManifestWords.Locations[(int)binding.In];
        var reason =
            binding.ContentType is not null ? "'content_type' replaces a style; remove one of the two."
            : allowed.Length == 0 ? $"an argument in the {location} has no style; remove it."
            : $"in the {location} the style is one of {Words(allowed)}.";
        findings.Error(
            ValidationRules.ArgumentStyle,
            context.At("arguments", name, "style"),
            $"{context.Label} gives the argument '{name}' the style '{ManifestWords.Styles[(int)style]}': {reason}"
        );
    }

    private static string Words(ReadOnlySpan<ParameterStyle> styles)
    {
        var words = new List<string>();
        foreach (var style in styles)
            words.Add(ManifestWords.Styles[(int)style]);
        return string.Join(", ", words);
    }

    private static void Header(FindingList findings, ToolContext context, string pointer, string name) =>
        findings.Error(
            ValidationRules.HeaderName,
            pointer,
            $"{context.Label} uses '{name}' as the name of a header or cookie, which takes letters, digits "
                + $"and !#$%&'*+-.^_`|~ only (RFC 9110)."
        );

    private static void MediaType(
        FindingList findings,
        ToolContext context,
        string pointer,
        string key,
        string value
    ) =>
        findings.Error(
            ValidationRules.MediaType,
            pointer,
            $"{context.Label}: '{key}' is '{value}', which is not a media type, e.g. 'application/json'."
        );
}
