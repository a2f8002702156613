using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;

namespace McpRuntime.Calls.Bodies;

/// <summary>Makes the body of a call in the media type that the manifest names.</summary>
internal static class BodyBuilder
{
    // Properties keep their spelling: escapes that only matter inside HTML would make bytes that no one asked for.
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="plan">The body's plan.</param>
    /// <param name="whole">Value of the argument that is the whole body; Undefined where it is absent or there is
    /// none.</param>
    /// <param name="properties">Name on the wire and value of each property of a flattened body that was given.</param>
    /// <returns>Null when no body goes out.</returns>
    /// <exception cref="BadValueException">The values do not fit the media type.</exception>
    public static RequestBody? Build(
        BodyPlan plan,
        JsonElement whole,
        List<KeyValuePair<string, JsonElement>> properties
    )
    {
        if (plan.Argument is not null && whole.ValueKind == JsonValueKind.Undefined)
            return plan.Required
                ? throw new BadValueException("is the request's body, which the API requires; give a value.")
                : null;
        if (plan.Argument is null && properties.Count == 0 && !plan.Required)
            return null;
        if (MediaTypes.IsJson(plan.Essence))
            return new RequestBody(plan.Argument is null ? JsonObject(properties) : RawJson(whole), plan.ContentType);
        if (plan.Essence == MediaTypes.Form)
            return new RequestBody(FormBody.Build(plan, Properties(plan, whole, properties)), plan.ContentType);
        if (MediaTypes.IsMultipart(plan.Essence))
            return MultipartBody.Build(plan, Properties(plan, whole, properties));
        if (plan.Argument is null)
            throw new BadValueException(
                $"The manifest spreads a body of type '{plan.ContentType}' over several arguments; only JSON, "
                    + $"form and multipart bodies have properties."
            );
        return MediaTypes.IsText(plan.Essence) && whole.ValueKind != JsonValueKind.Object
            ? TextBody(plan, whole)
            : Octets(plan, whole);
    }

    private static List<KeyValuePair<string, JsonElement>> Properties(
        BodyPlan plan,
        JsonElement whole,
        List<KeyValuePair<string, JsonElement>> flattened
    )
    {
        if (plan.Argument is null)
            return flattened;
        if (whole.ValueKind != JsonValueKind.Object)
            throw new BadValueException(
                $"must be an object: a body of type '{plan.ContentType}' consists of named properties."
            );
        var properties = new List<KeyValuePair<string, JsonElement>>();
        foreach (var property in whole.EnumerateObject())
            properties.Add(new(property.Name, property.Value));
        return properties;
    }

    // The caller's own text: big integers and decimals keep every digit.
    private static byte[] RawJson(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    private static ReadOnlyMemory<byte> JsonObject(List<KeyValuePair<string, JsonElement>> properties)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in properties)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    private static RequestBody TextBody(BodyPlan plan, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && !MediaTypes.IsXml(plan.Essence))
            return new RequestBody(JsonLines(value, MediaTypes.IsJsonSequence(plan.Essence)), plan.ContentType);
        if (value.ValueKind != JsonValueKind.String && MediaTypes.IsXml(plan.Essence))
            throw new BadValueException("must be a string that holds the XML document.");
        var bytes = Encoding.UTF8.GetBytes(ScalarText.Of(value) ?? "");
        var needsCharset =
            plan.Essence.StartsWith("text/", StringComparison.Ordinal)
            && !MediaTypes.IsXml(plan.Essence)
            && !Ascii.IsValid(bytes)
            && !plan.ContentType.Contains("charset", StringComparison.OrdinalIgnoreCase);
        return new RequestBody(bytes, needsCharset ? $"{plan.ContentType}; charset=utf-8" : plan.ContentType);
    }

    // Line-delimited JSON (application/x-ndjson, application/jsonl): one item a line. RFC 7464 section 2.2 begins each
    // with RS.
    private static byte[] JsonLines(JsonElement array, bool isSequence)
    {
        var lines = new StringBuilder();
        foreach (var item in array.EnumerateArray())
            lines.Append(isSequence ? "\u001e" : "").Append(ScalarText.Json(item)).Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static RequestBody Octets(BodyPlan plan, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.TryGetBytesFromBase64(out var bytes)
                ? new RequestBody(bytes, plan.ContentType)
                : throw new BadValueException(
                    $"must be base64 (RFC 4648 section 4): a body of type '{plan.ContentType}' is bytes."
                );
        }
        var file = FileArgument.Read(value);
        return new RequestBody(file.Bytes, file.ContentType ?? plan.ContentType);
    }
}
