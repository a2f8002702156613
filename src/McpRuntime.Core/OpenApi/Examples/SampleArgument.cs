using System.Globalization;
using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// A value for a required parameter next to an example of the body: the document's, or one that is seen to stand for
/// another, such as <c>"OWNER"</c>.
/// </summary>
internal static class SampleArgument
{
    /// <summary>The JSON text; null where no value is obvious.</summary>
    internal static string? Of(string name, ArgumentSchema argument, ComposedExample examples)
    {
        if (argument.Shape != ArgumentShape.Schema)
            return null;
        if (argument.Overlay.Example.ValueKind != JsonValueKind.Undefined)
            return ComposedExample.Text(argument.Overlay.Example);
        if (argument.Schema is not { } schema)
            return Placeholder(name);
        if (examples.Of(schema, out _) is { } composed)
            return composed;
        return examples.Meant(schema) is { Element.ValueKind: JsonValueKind.Object } meant
            ? OfType(name, meant.Element)
            : null;
    }

    private static string? OfType(string name, JsonElement schema) =>
        JsonRead.Text(schema, "type"u8) switch
        {
            "string" => JsonRead.Text(schema, "format"u8) switch
            {
                "uuid" => "\"00000000-0000-0000-0000-000000000000\"",
                "date" => "\"2026-01-31\"",
                "date-time" => "\"2026-01-31T12:00:00Z\"",
                null => Placeholder(name),
                _ => null,
            },
            "integer" or "number" => JsonRead.TryGet(schema, "minimum"u8, out var minimum)
            && minimum.ValueKind == JsonValueKind.Number
            && minimum.TryGetInt64(out var least)
                ? Math.Max(1, least).ToString(CultureInfo.InvariantCulture)
                : "1",
            "boolean" => "true",
            _ => null,
        };

    private static string Placeholder(string name) => $"\"{name.ToUpperInvariant()}\"";
}
