using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Server;

/// <summary>Writes the result of <c>tools/list</c> (MCP, Tool and ListToolsResult).</summary>
internal static class ToolListWriter
{
    // An ordinary tool without its schema; only a guess, so that the buffer need not grow in steps.
    private const int BytesOfTool = 512;

    /// <summary>The result for revisions until 2025-11-25, whose clients refuse members that they do not know.</summary>
    public static byte[] WriteLine(ToolList list, bool publishOutputSchemas)
    {
        using var buffer = new PooledBuffer(Estimate(list));
        buffer.Append(Start);
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            var bundlers = new Dictionary<ConnectorManifest, SchemaBundler>(ReferenceEqualityComparer.Instance);
            writer.WriteStartArray();
            foreach (var tool in list.BuiltIns)
                Write(writer, tool);
            foreach (var tool in list.Catalog.Tools)
            {
                ref var bundler = ref CollectionsMarshal.GetValueRefOrAddDefault(bundlers, tool.Connector, out _);
                bundler ??= new SchemaBundler(tool.Connector.Definitions);
                Write(writer, tool, bundler, publishOutputSchemas);
            }
            writer.WriteEndArray();
        }
        buffer.Append("}"u8);
        buffer.MakeOneLine();
        buffer.Append(RawResult.End);
        return buffer.Span.ToArray();
    }

    /// <summary>The same for revisions from 2026-07-28, where further members are required.</summary>
    /// <param name="line">What <see cref="WriteLine"/> wrote.</param>
    public static byte[] ToPerRequest(ReadOnlySpan<byte> line)
    {
        // Stale at once and for this caller only: what a caller sees may depend on who it is, and changes are announced.
        var members = ",\"ttlMs\":0,\"cacheScope\":\"private\",\"resultType\":\"complete\","u8;
        var open = line[..^(1 + RawResult.End.Length)];
        return [.. open, .. members, .. ServerIdentity.MetaMember, (byte)'}', .. RawResult.End];
    }

    private static ReadOnlySpan<byte> Start => "{\"tools\":"u8;

    private static int Estimate(ToolList list)
    {
        long bytes = 4096;
        foreach (var tool in list.Catalog.Tools)
            bytes += BytesOfTool + (tool.Tool.InputSchema.Utf8.Length * 5L / 4);
        return (int)Math.Min(bytes, 64 * 1024 * 1024);
    }

    private static void Write(Utf8JsonWriter writer, BuiltInTool tool)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Name);
        writer.WriteString("title"u8, tool.Title);
        writer.WriteString("description"u8, tool.Description);
        WriteSchema(writer, "inputSchema"u8, tool.InputSchema.Utf8.Span);
        writer.WriteStartObject("annotations"u8);
        writer.WriteBoolean("readOnlyHint"u8, true);
        writer.WriteBoolean("openWorldHint"u8, false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ServedTool served, SchemaBundler bundler, bool publishOutputSchemas)
    {
        var tool = served.Tool;
        writer.WriteStartObject();
        writer.WriteString("name"u8, served.Name);
        var title = UntrustedText.Clean(tool.Title);
        if (title.Length > 0)
            writer.WriteString("title"u8, title);
        var description = UntrustedText.CleanMultiline(tool.Description);
        writer.WriteString("description"u8, description.Length > 0 ? description : UntrustedText.Clean(tool.Endpoint));
        WriteSchema(writer, "inputSchema"u8, PublishedSchema.ForInput(SchemaDiscriminators.Remove(bundler.Bundle(tool.InputSchema))));
        if (publishOutputSchemas && tool.OutputSchema is { } output)
            WriteSchema(writer, "outputSchema"u8, PublishedSchema.ForOutput(SchemaDiscriminators.Remove(bundler.Bundle(output))));
        WriteAnnotations(writer, served);
        WriteMeta(writer, served);
        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, ServedTool served)
    {
        writer.WriteStartObject("_meta"u8);
        writer.WriteString(ToolMeta.Connector, served.Connector.Name);
        writer.WriteString(ToolMeta.Endpoint, UntrustedText.Clean(served.Tool.Endpoint));
        if (served.Tool.Tags.Count > 0)
        {
            writer.WriteStartArray(ToolMeta.Tags);
            foreach (var tag in served.Tool.Tags)
                writer.WriteStringValue(UntrustedText.Clean(tag));
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    // Clients ask a person before a tool runs unless these promise safety, and a manifest's author is not trusted
    // with that promise: read-only needs the HTTP method, and DELETE is destructive whatever the manifest says.
    private static void WriteAnnotations(Utf8JsonWriter writer, ServedTool served)
    {
        var hints = served.Tool.Annotations;
        var isReadOnly = served.IsReadOnly;
        writer.WriteStartObject("annotations"u8);
        writer.WriteBoolean("readOnlyHint"u8, isReadOnly);
        if (!isReadOnly)
        {
            if (served.Method == "DELETE" || hints.Destructive is not null)
                writer.WriteBoolean("destructiveHint"u8, served.Method == "DELETE" || hints.Destructive == true);
            if (hints.Idempotent is { } idempotent)
                writer.WriteBoolean("idempotentHint"u8, idempotent);
            else if (served.Method is "PUT" or "DELETE")
                writer.WriteBoolean("idempotentHint"u8, true);
        }
        writer.WriteBoolean("openWorldHint"u8, hints.OpenWorld ?? true);
        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> schema)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(schema, skipInputValidation: true);
    }
}
