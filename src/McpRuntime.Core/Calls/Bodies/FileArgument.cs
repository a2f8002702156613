using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;

namespace McpRuntime.Calls.Bodies;

/// <summary>
/// A file as an argument gives it: its bytes as <c>text</c> or <c>base64</c>, with <c>filename</c> and
/// <c>content_type</c>. Never a path: nothing reads the local disk on a model's word.
/// </summary>
internal sealed record FileArgument(byte[] Bytes, string? FileName, string? ContentType, bool IsText)
{
    /// <exception cref="BadValueException">The value is no such object, or would inject something.</exception>
    public static FileArgument Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw new BadValueException(
                "must be an object with 'text' or 'base64', and optionally 'filename' and 'content_type'."
            );
        var text = Text(value, "text");
        var isText = text is not null;
        byte[] bytes;
        if (text is not null)
            bytes = Encoding.UTF8.GetBytes(text);
        else if (!value.TryGetProperty("base64", out var base64) || base64.ValueKind != JsonValueKind.String)
            throw new BadValueException("has neither 'text' nor 'base64'; give the file's content as one of them.");
        else if (!base64.TryGetBytesFromBase64(out bytes!))
            throw new BadValueException("has a 'base64' that is not base64 (RFC 4648 section 4).");
        if (isText && value.TryGetProperty("base64", out _))
            throw new BadValueException("has both 'text' and 'base64'; give one of them.");
        var contentType = Text(value, "content_type");
        if (contentType is not null && !MediaTypes.IsValid(contentType))
            throw new BadValueException("has a 'content_type' that is not a media type; give one such as 'image/png'.");
        return new FileArgument(
            bytes,
            Text(value, "filename") is { } name ? GuardName(name) : null,
            contentType,
            isText
        );
    }

    // A server that trusts the name would write outside its folder, or see another header.
    private static string GuardName(string name)
    {
        foreach (var c in name)
        {
            if (char.IsControl(c) || c is '/' or '\\')
                throw new BadValueException(
                    "has a 'filename' with a slash, a backslash or a control character; give a plain file name."
                );
        }
        return name;
    }

    private static string? Text(JsonElement file, string name) =>
        file.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String
                ? ScalarText.Of(value)
                : throw new BadValueException($"has a '{name}' that is not a string.")
            : null;
}
