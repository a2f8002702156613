using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Bodies;

/// <summary>
/// multipart bodies (RFC 7578; OpenAPI 3.1.1, Encoding Object): arrays give one part an item, objects go as JSON, and
/// names are written as browsers do (WHATWG HTML, multipart/form-data encoding algorithm).
/// </summary>
internal sealed class MultipartBody
{
    private readonly ArrayBufferWriter<byte> _output = new(512);
    private readonly bool _isFormData;
    private readonly string _boundary;

    private MultipartBody(string boundary, bool isFormData)
    {
        _boundary = boundary;
        _isFormData = isFormData;
    }

    public static RequestBody Build(BodyPlan plan, List<KeyValuePair<string, JsonElement>> properties)
    {
        // 128 random bits: no content can be written to contain the boundary.
        var boundary = $"----McpRuntime{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var body = new MultipartBody(boundary, plan.Essence == "multipart/form-data");
        foreach (var (name, value) in properties)
        {
            try
            {
                body.Append(name, value, plan.Encoding.GetValueOrDefault(name));
            }
            catch (Exception bad) when (BadValueException.IsOne(bad))
            {
                throw BadValueException.InProperty(name, bad);
            }
        }
        body.Write($"--{boundary}--\r\n");
        return new RequestBody(body._output.WrittenMemory, $"{plan.Essence}; boundary={boundary}");
    }

    private void Append(string name, JsonElement value, PartEncoding? encoding)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (
            encoding is { File: false } and ({ Style: not null } or { Explode: not null } or { Items: not null })
            && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
        )
        {
            AppendStyled(name, value, encoding!);
            return;
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                AppendOne(name, item, encoding);
            return;
        }
        AppendOne(name, value, encoding);
    }

    private void AppendOne(string name, JsonElement value, PartEncoding? encoding)
    {
        if (encoding is { File: true })
        {
            var file = FileArgument.Read(value);
            var type = file.ContentType
                ?? FirstType(encoding.ContentType)
                ?? (file.IsText ? "text/plain; charset=utf-8" : MediaTypes.Octets);
            AppendPart(name, file.FileName ?? name, type, encoding, file.Bytes);
            return;
        }
        var declared = FirstType(encoding?.ContentType);
        var isJson = declared is null
            ? value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            : MediaTypes.IsJson(MediaTypes.Essence(declared));
        var text = isJson ? ScalarText.Json(value) : ScalarText.Of(value);
        if (text is not null)
            AppendPart(
                name,
                null,
                declared ?? (isJson ? "application/json" : null),
                encoding,
                Encoding.UTF8.GetBytes(text)
            );
    }

    // The style's pairs without percent-encoding, which multipart does not know.
    private void AppendStyled(string name, JsonElement value, PartEncoding encoding)
    {
        var style = encoding.Style ?? ParameterStyle.Form;
        var explode = encoding.Explode ?? style == ParameterStyle.Form;
        if (style == ParameterStyle.DeepObject)
        {
            foreach (var (path, text) in DeepObject.Flatten(name, value))
                AppendPart(path, null, null, encoding, Encoding.UTF8.GetBytes(text));
            return;
        }
        var texts = new List<string>();
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (ItemText.Plain(item, encoding.Items) is { } text)
                    texts.Add(text);
            }
            if (explode)
                texts.ForEach(text => AppendPart(name, null, null, encoding, Encoding.UTF8.GetBytes(text)));
        }
        else
        {
            foreach (var property in value.EnumerateObject())
            {
                if (ScalarText.Of(property.Value) is not { } text)
                    continue;
                if (explode)
                    AppendPart(property.Name, null, null, encoding, Encoding.UTF8.GetBytes(text));
                else
                    texts.AddRange([property.Name, text]);
            }
        }
        if (!explode && texts.Count > 0)
            AppendPart(
                name,
                null,
                null,
                encoding,
                Encoding.UTF8.GetBytes(string.Join(Delimiters.Plain(encoding.Delimiter), texts))
            );
    }

    private void AppendPart(
        string name,
        string? fileName,
        string? contentType,
        PartEncoding? encoding,
        ReadOnlySpan<byte> content
    )
    {
        Write($"--{_boundary}\r\n");
        if (_isFormData)
            Write(
                fileName is null
                    ? $"Content-Disposition: form-data; name=\"{Escape(name)}\"\r\n"
                    : $"Content-Disposition: form-data; name=\"{Escape(name)}\"; filename=\"{Escape(fileName)}\"\r\n"
            );
        if (contentType is not null)
            Write($"Content-Type: {FieldText.Guard(contentType)}\r\n");
        foreach (
            var (header, value) in encoding?.Headers
                ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty
        )
        {
            // OpenAPI 3.1.1, Encoding Object: Content-Type is described separately and ignored here.
            if (HttpToken.Is(header) && !header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                Write($"{header}: {FieldText.Guard(value)}\r\n");
        }
        Write("\r\n");
        _output.Write(content);
        Write("\r\n");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);

    private static string Escape(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    // An encoding may list several types and wildcards; only a plain one can be sent.
    private static string? FirstType(string? types)
    {
        foreach (var type in types?.Split(',') ?? [])
        {
            var trimmed = type.Trim();
            if (trimmed.Length > 0 && !trimmed.Contains('*', StringComparison.Ordinal) && MediaTypes.IsValid(trimmed))
                return trimmed;
        }
        return null;
    }
}
