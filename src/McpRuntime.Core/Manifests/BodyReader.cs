using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>body</c>.</summary>
internal static class BodyReader
{
    private static readonly string[] Keys = ["content_type", "required", "argument", "encoding"];

    private static readonly string[] PartKeys =
    [
        "file",
        "content_type",
        "headers",
        "style",
        "explode",
        "delimiter",
        "items",
        "allow_reserved",
    ];

    public static BodyBinding? Read(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        var body = new BodyBinding { ContentType = "" };
        var hasContentType = false;
        foreach (var property in value.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "content_type":
                    hasContentType = true;
                    body = body with { ContentType = fields.Needed(property.Value) };
                    break;
                case "required":
                    body = body with { Required = fields.Flag(property.Value) ?? false };
                    break;
                case "argument":
                    body = body with { Argument = fields.Text(property.Value) };
                    break;
                case "encoding":
                    body = body with { Encoding = ReadEncoding(fields, property.Value) };
                    break;
                default:
                    fields.Unknown(property.Name, "'body'", Keys);
                    break;
            }
        }
        if (!hasContentType)
            fields.Missing("content_type", "A body");
        fields.Leave();
        return body;
    }

    private static OrderedDictionary<string, PartEncoding> ReadEncoding(ManifestFields fields, JsonElement value)
    {
        var encoding = new OrderedDictionary<string, PartEncoding>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return encoding;
        foreach (var property in value.EnumerateObject())
        {
            var name = fields.At(property);
            var part = new PartEncoding();
            if (fields.Enter(property.Value, JsonValueKind.Object))
            {
                foreach (var member in property.Value.EnumerateObject())
                    part = ReadPart(fields, part, fields.At(member), member.Value);
                fields.Leave();
            }
            encoding[name] = part;
        }
        fields.Leave();
        return encoding;
    }

    private static PartEncoding ReadPart(ManifestFields fields, PartEncoding part, string name, JsonElement value)
    {
        switch (name)
        {
            case "file":
                return part with { File = fields.Flag(value) ?? false };
            case "content_type":
                return part with { ContentType = fields.Text(value) };
            case "headers":
                return part with { Headers = fields.TextMap(value) };
            case "style":
                return part with { Style = (ParameterStyle?)fields.Word(value, ManifestWords.Styles) };
            case "explode":
                return part with { Explode = fields.Flag(value) };
            case "delimiter":
                return part with { Delimiter = (ArrayDelimiter)(fields.Word(value, ManifestWords.Delimiters) ?? 0) };
            case "items":
                return part with { Items = BindingReader.ReadItems(fields, value) };
            case "allow_reserved":
                return part with { AllowReserved = fields.Flag(value) ?? false };
            default:
                fields.Unknown(name, "an encoding", PartKeys);
                return part;
        }
    }
}
