using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Listing;

/// <summary>What a caller may ask of an answer, as properties of an input schema.</summary>
internal static class AnswerOptionSchema
{
    /// <summary>Before the names on tools that are called directly.</summary>
    public const string Prefix = "_";

    /// <summary>Without prefix, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Names { get; } = ["select", "max_items", "wait_seconds"];

    /// <summary>The properties with their braces; those that a tool has itself stay out.</summary>
    public static JsonText Properties { get; } =
        JsonText.Parse(
            """
            {"select":{"type":"string",
            "description":"Parts: items[].{id,user.login}, or all but: -body"},
            "max_items":{"type":"integer","description":"How many items to gather from pages."},
            "wait_seconds":{"type":"integer","description":"Wait for the end of an accepted operation."}}
            """
        );

    /// <summary>Those that mean something for a tool that writes, without descriptions.</summary>
    public static JsonText PlainProperties { get; } =
        JsonText.Parse("""{"select":{"type":"string"},"wait_seconds":{"type":"integer"}}""");

    /// <summary>The tool takes them among its own arguments.</summary>
    public static bool IsOn(ConnectorManifest connector, ToolManifest tool) =>
        tool.Answer.Options ?? connector.Answer.Options ?? false;

    /// <summary>An input schema with these properties besides its own.</summary>
    /// <param name="schema">With an object at its root.</param>
    public static byte[] AddTo(ReadOnlySpan<byte> schema)
    {
        var root = JsonElement.Parse(schema);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(schema.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer, RelaxedJson.Options))
        {
            writer.WriteStartObject();
            var own = default(JsonElement);
            foreach (var member in root.EnumerateObject())
            {
                if (member.NameEquals("properties"u8))
                    own = member.Value;
                else
                    member.WriteTo(writer);
            }
            writer.WriteStartObject("properties"u8);
            if (own.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in own.EnumerateObject())
                    property.WriteTo(writer);
            }
            foreach (var option in Properties.ToElement().EnumerateObject())
            {
                if (own.ValueKind == JsonValueKind.Object && own.TryGetProperty(Prefix + option.Name, out _))
                    continue;
                writer.WritePropertyName(Prefix + option.Name);
                option.Value.WriteTo(writer);
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
