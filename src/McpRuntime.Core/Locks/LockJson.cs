using System.Buffers;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Locks;

/// <summary>A lock as a JSON text that people can compare line by line.</summary>
internal static class LockJson
{
    private const int Version = 1;

    public static ReadOnlyMemory<byte> Write(ToolLock reviewed)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, ReadableJson.Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("lock_version"u8, Version);
            writer.WriteStartObject("connectors"u8);
            foreach (var (name, connector) in reviewed.Connectors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(name);
                WriteText(writer, "shown"u8, connector.Shown);
                writer.WriteStartObject("schemas"u8);
                foreach (var (schema, text) in connector.Schemas.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                    WriteText(writer, System.Text.Encoding.UTF8.GetBytes(schema), text);
                writer.WriteEndObject();
                writer.WriteStartObject("tools"u8);
                foreach (var (tool, text) in connector.Tools.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    writer.WriteStartObject(tool);
                    WriteText(writer, "shown"u8, text.Shown);
                    WriteText(writer, "does"u8, text.Does);
                    writer.WriteEndObject();
                }
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
        return output.WrittenMemory;
    }

    /// <exception cref="FormatException">It is not a lock, or a text is not the one that its hash is of.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static IReadOnlyDictionary<string, LockedConnector> Read(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(
            text,
            new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 512 }
        );
        var root = document.RootElement;
        if (Member(root, "lock_version") is not { ValueKind: JsonValueKind.Number } version)
            throw new FormatException("it has no 'lock_version', so it is not a lock of tools");
        if (!version.TryGetInt32(out var number) || number != Version)
            throw new FormatException($"its lock_version is {version}, and this program reads {Version}");
        return Entries(root, "connectors")
            .ToDictionary(
                connector => connector.Name,
                connector => ReadConnector(connector.Name, connector.Value),
                StringComparer.Ordinal
            );
    }

    private static LockedConnector ReadConnector(string name, JsonElement connector) =>
        new(
            ReadText(connector, "shown", name),
            Entries(connector, "schemas")
                .ToDictionary(
                    schema => schema.Name,
                    schema => ReadText(schema.Value, $"the schema '{schema.Name}' of {name}"),
                    StringComparer.Ordinal
                ),
            Entries(connector, "tools")
                .ToDictionary(
                    tool => tool.Name,
                    tool => new ReviewedTool(
                        ReadText(tool.Value, "shown", $"{name}: {tool.Name}"),
                        ReadText(tool.Value, "does", $"{name}: {tool.Name}")
                    ),
                    StringComparer.Ordinal
                )
        );

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReviewedText text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("hash"u8, text.Hash);
        writer.WritePropertyName("text"u8);
        text.Text.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static ReviewedText ReadText(JsonElement of, string name, string what) =>
        ReadText(Member(of, name) ?? throw new FormatException($"'{name}' of {what} is missing"), what);

    private static ReviewedText ReadText(JsonElement entry, string what)
    {
        if (Member(entry, "text") is not { } text || Member(entry, "hash") is not { } hash)
            throw new FormatException($"a text or a hash of {what} is missing");
        var reviewed = new ReviewedText(CanonicalJson.Of(text));
        // Whoever reads the text and whoever compares the hash must mean the same.
        return hash.ValueKind == JsonValueKind.String && hash.GetString() == reviewed.Hash
            ? reviewed
            : throw new FormatException($"the hash of {what} is not that of its text: one of the two was edited");
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement.ObjectEnumerator Entries(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Object } entries
            ? entries.EnumerateObject()
            : throw new FormatException($"'{name}' is missing or is not an object");
}
