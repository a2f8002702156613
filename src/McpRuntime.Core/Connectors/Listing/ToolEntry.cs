using System.Buffers;
using System.Text.Json;
using McpRuntime.Connectors.Listing.Slim;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Listing;

/// <summary>
/// A connector's tool in <c>tools/list</c> (MCP, Tool), without its name: the same tool can be served under several
/// names, and everything else is made once.
/// </summary>
internal static class ToolEntry
{
    /// <summary>What is before the name.</summary>
    public static ReadOnlySpan<byte> Start => "{\"name\":\""u8;

    /// <summary>
    /// What follows the name, on one line: the end of its string, the other members, the end of the object.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="bundler">Of its connector.</param>
    /// <param name="returns">Of its connector.</param>
    /// <param name="definitions">Of its connector.</param>
    /// <param name="withOutputSchema">Clients that see an output schema refuse answers that do not fit it.</param>
    public static byte[] Write(
        ServedTool tool,
        SchemaBundler bundler,
        ReturnsLine returns,
        SharedDefinitions definitions,
        bool withOutputSchema
    )
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, RelaxedJson.Options))
        {
            writer.WriteStartObject();
            WriteMembers(writer, tool, bundler, returns, definitions, withOutputSchema);
            writer.WriteEndObject();
        }
        var entry = new byte[buffer.WrittenCount + 1];
        buffer.WrittenSpan[1..].CopyTo(entry.AsSpan(2));
        entry[0] = (byte)'"';
        entry[1] = (byte)',';
        OneLine.Make(entry);
        return entry;
    }

    private static void WriteMembers(
        Utf8JsonWriter writer,
        ServedTool served,
        SchemaBundler bundler,
        ReturnsLine returns,
        SharedDefinitions definitions,
        bool withOutputSchema
    )
    {
        var tool = served.Tool;
        var full = SchemaDiscriminators.Remove(bundler.Bundle(tool.InputSchema));
        var schema = SlimSchema.Of(full, definitions);
        var text = new ListedText(tool, withOutputSchema ? null : returns);
        if (text.Title is { } title)
            writer.WriteString("title"u8, title);
        writer.WriteString("description"u8, text.Description(full.Utf8.Length - schema.Utf8.Length));
        var input = PublishedSchema.ForInput(schema);
        WriteSchema(
            writer,
            "inputSchema"u8,
            AnswerOptionSchema.IsOn(served.Connector, tool) ? AnswerOptionSchema.AddTo(input) : input
        );
        if (withOutputSchema && tool.OutputSchema is { } output)
            WriteSchema(
                writer,
                "outputSchema"u8,
                PublishedSchema.ForOutput(RelaxedSchema.Of(SchemaDiscriminators.Remove(bundler.Bundle(output))))
            );
        WriteAnnotations(writer, served);
        WriteMeta(writer, served);
    }

    private static void WriteMeta(Utf8JsonWriter writer, ServedTool served)
    {
        writer.WriteStartObject("_meta"u8);
        writer.WriteStartArray(ToolMeta.Key);
        writer.WriteStringValue(served.Connector.Name);
        writer.WriteStringValue(UntrustedText.Clean(served.Endpoint));
        foreach (var tag in served.Tool.Tags)
            writer.WriteStringValue(UntrustedText.Clean(tag));
        writer.WriteEndArray();
        ClientHints.Write(writer, served);
        writer.WriteEndObject();
    }

    // Clients ask a user before a tool runs unless these promise safety, and a manifest's author is not trusted
    // with that promise: read-only needs the HTTP method, and DELETE is destructive whatever the manifest says.
    private static void WriteAnnotations(Utf8JsonWriter writer, ServedTool served)
    {
        var hints = served.Tool.Annotations;
        var isReadOnly = served.IsReadOnly;
        writer.WriteStartObject("annotations"u8);
        // What is left out is what a client takes it for: not read-only, destructive, not idempotent, of an open world.
        if (isReadOnly)
            writer.WriteBoolean("readOnlyHint"u8, true);
        else
        {
            if (served.Method == "DELETE" || hints.Destructive is not null)
                writer.WriteBoolean("destructiveHint"u8, served.Method == "DELETE" || hints.Destructive == true);
            if (hints.Idempotent ?? served.Method is "PUT" or "DELETE")
                writer.WriteBoolean("idempotentHint"u8, true);
        }
        if (hints.OpenWorld == false)
            writer.WriteBoolean("openWorldHint"u8, false);
        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> schema)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(schema, skipInputValidation: true);
    }
}
