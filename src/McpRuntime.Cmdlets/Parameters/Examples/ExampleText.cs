using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>A text of a format, a pattern and a length.</summary>
internal static class ExampleText
{
    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = "2024-03-01T09:00:00Z",
        ["date"] = "2024-03-01",
        ["time"] = "09:00:00Z",
        ["duration"] = "P1D",
        ["email"] = "ada@example.com",
        ["uri"] = "https://example.com/",
        ["url"] = "https://example.com/",
        ["hostname"] = "example.com",
        ["uuid"] = "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        ["ipv4"] = "192.0.2.1",
        ["ipv6"] = "2001:db8::1",
        ["byte"] = "ZXhhbXBsZQ==",
        ["binary"] = "ZXhhbXBsZQ==",
    };

    public static JsonNode Make(List<JsonElement> parts)
    {
        var text = parts
            .Select(part => SchemaRoot.Text(part, "pattern"))
            .OfType<string>()
            .Select(PatternText.Make)
            .FirstOrDefault()
            ?? parts
                .Select(part => SchemaRoot.Text(part, "format"))
                .OfType<string>()
                .Select(format => Formats.GetValueOrDefault(format))
                .OfType<string>()
                .FirstOrDefault()
            ?? "example";
        var least = ExampleNumber.Whole(parts, "minLength") ?? 0;
        var most = ExampleNumber.Whole(parts, "maxLength") ?? int.MaxValue;
        text = text.PadRight(least, text.Length > 0 ? text[^1] : 'a');
        return text.Length > most ? text[..most] : text;
    }
}
