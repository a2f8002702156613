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
    /// <summary>The JSON array of all tools, on one line.</summary>
    public static byte[] WriteTools(ToolList list, bool publishOutputSchemas)
    {
        using var buffer = new PooledBuffer(64 * 1024);
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
        return OneLine(buffer.Span.ToArray());
    }

    /// <summary>The result around the tools. Until 2025-11-25 clients refuse members they do not know; from 2026-07-28 these are required.</summary>
    public static RawResult WriteResult(byte[] tools, bool isPerRequest)
    {
        using var buffer = new PooledBuffer(tools.Length + 256);
        buffer.Append("{\"tools\":"u8);
        buffer.Append(tools);
        if (isPerRequest)
        {
            // Stale at once and for this caller only: what a caller sees may depend on who it is, and changes are announced.
            buffer.Append(",\"ttlMs\":0,\"cacheScope\":\"private\",\"resultType\":\"complete\","u8);
            buffer.Append(ServerIdentity.MetaMember);
        }
        buffer.Append("}"u8);
        return new RawResult(buffer.Span.ToArray());
    }

    /// <summary>
    /// Line breaks in JSON stand between tokens only (RFC 8259 section 7), so spaces can take their place. A message
    /// is one line, and schemas are served in their author's layout.
    /// </summary>
    internal static byte[] OneLine(byte[] json)
    {
        if (json.AsSpan().ContainsAny((byte)'\n', (byte)'\r'))
        {
            json.AsSpan().Replace((byte)'\n', (byte)' ');
            json.AsSpan().Replace((byte)'\r', (byte)' ');
        }
        return json;
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
        WriteSchema(writer, "inputSchema"u8, PublishedSchema.ForInput(bundler.Bundle(tool.InputSchema)));
        if (publishOutputSchemas && tool.OutputSchema is { } output)
            WriteSchema(writer, "outputSchema"u8, PublishedSchema.ForOutput(bundler.Bundle(output)));
        WriteAnnotations(writer, served);
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
