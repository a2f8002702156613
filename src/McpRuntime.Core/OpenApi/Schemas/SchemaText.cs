using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Titles and descriptions within schemas: what others wrote for people, cleaned before a model reads it.
/// </summary>
internal static class SchemaText
{
    private const int MostMappings = 40;

    internal static void WriteDescription(Utf8JsonWriter json, in SchemaShape shape, SchemaOverlay overlay)
    {
        var hint = Hint(shape);
        if (overlay.Description is null && hint is null)
        {
            if (shape.Description.ValueKind == JsonValueKind.String)
                Write(json, "description"u8, shape.Description);
            return;
        }
        var text = overlay.Description ?? UntrustedText.CleanMultiline(JsonRead.Text(shape.Description));
        if (hint is not null)
            text = text.Length == 0 ? hint : $"{text}\n\n{hint}";
        if (text.Length > 0)
            json.WriteString("description"u8, text);
    }

    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> keyword, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (IsPlain(raw))
        {
            if (raw.Length > 0)
                json.WriteString(keyword, raw);
            return;
        }
        var text = UntrustedText.CleanMultiline(JsonRead.Text(value));
        if (text.Length > 0)
            json.WriteString(keyword, text);
    }

    // Printable ASCII without escapes and markup holds nothing to clean.
    private static bool IsPlain(ReadOnlySpan<byte> raw) =>
        !raw.ContainsAnyExceptInRange((byte)' ', (byte)'~')
        && raw.IndexOfAny((byte)'\\', (byte)'<') < 0
        && (raw.Length == 0 || (raw[0] != ' ' && raw[^1] != ' '));

    // A discriminator decides nothing about validity (OpenAPI 3.2 section 4.25) and JSON Schema has no word for it, but
    // a model chooses by it.
    private static string? Hint(in SchemaShape shape)
    {
        if (shape.Discriminator.ValueKind == JsonValueKind.Undefined)
            return null;
        var name =
            shape.Discriminator.ValueKind == JsonValueKind.String
                ? JsonRead.Text(shape.Discriminator)
                : JsonRead.Text(shape.Discriminator, "propertyName"u8);
        if (string.IsNullOrEmpty(name))
            return null;
        var hint = new StringBuilder($"The property '{UntrustedText.Clean(name)}' says which schema applies");
        if (JsonRead.TryGetObject(shape.Discriminator, "mapping"u8, out var mapping) && mapping.GetPropertyCount() > 0)
            AppendMapping(hint, mapping);
        return hint.Append('.').ToString();
    }

    private static void AppendMapping(StringBuilder hint, JsonElement mapping)
    {
        var count = 0;
        foreach (var entry in mapping.EnumerateObject())
        {
            hint.Append(count == 0 ? ": " : ", ");
            if (++count > MostMappings)
            {
                hint.Append('…');
                return;
            }
            var schema = JsonRead.Text(entry.Value) ?? "";
            hint.Append(UntrustedText.Clean(JsonRead.Name(entry)))
                .Append(" (")
                .Append(UntrustedText.Clean(schema[(schema.LastIndexOf('/') + 1)..]))
                .Append(')');
        }
    }
}
