using System.Text;
using System.Text.Json;
using McpRuntime.Connectors.Listing;
using McpRuntime.Manifests;

namespace McpRuntime.Server;

/// <summary>Writes the result of <c>tools/list</c> (MCP, Tool and ListToolsResult).</summary>
internal static class ToolListWriter
{
    /// <summary>The result for revisions until 2025-11-25, whose clients refuse members that they do not know.</summary>
    public static byte[] WriteLine(ToolList list, bool publishOutputSchemas)
    {
        var connectors = new Dictionary<ConnectorManifest, ToolEntries>(ReferenceEqualityComparer.Instance);
        foreach (var tool in list.Listed)
        {
            if (!connectors.ContainsKey(tool.Connector))
                connectors.Add(tool.Connector, ToolEntries.Of(tool.Connector, publishOutputSchemas));
        }
        using var builtIns = WriteBuiltIns(list);
        // First what it comes to: the memory of a large list is touched once.
        var line = new byte[Length(list, connectors, builtIns.Length)];
        var rest = Append(line, Start);
        rest = Append(rest, builtIns.Span);
        var isFirst = list.BuiltIns.Count == 0;
        foreach (var tool in list.Listed)
        {
            if (!isFirst)
                rest = Append(rest, ","u8);
            isFirst = false;
            rest = Append(rest, ToolEntry.Start);
            // Names on the wire are ASCII and need no escape.
            rest = rest[Encoding.ASCII.GetBytes(tool.Name, rest)..];
            rest = Append(rest, connectors[tool.Connector].Of(tool).Span);
        }
        rest = Append(rest, "]}"u8);
        Append(rest, RawResult.End);
        return line;
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

    private static ReadOnlySpan<byte> Start => "{\"tools\":["u8;

    private static long Length(ToolList list, Dictionary<ConnectorManifest, ToolEntries> connectors, int builtIns)
    {
        var tools = list.Listed;
        long length = Start.Length + builtIns + "]}"u8.Length + RawResult.End.Length + Math.Max(0, tools.Count - (list.BuiltIns.Count == 0 ? 1 : 0));
        foreach (var tool in tools)
            length += ToolEntry.Start.Length + tool.Name.Length + connectors[tool.Connector].Of(tool).Length;
        return length;
    }

    private static Span<byte> Append(Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        return rest[bytes.Length..];
    }

    private static PooledBuffer WriteBuiltIns(ToolList list)
    {
        var buffer = new PooledBuffer();
        foreach (var tool in list.BuiltIns)
        {
            if (buffer.Length > 0)
                buffer.Append(","u8);
            Write(buffer, tool);
        }
        buffer.MakeOneLine();
        return buffer;
    }

    private static void Write(PooledBuffer buffer, BuiltInTool tool)
    {
        using var writer = new Utf8JsonWriter(buffer, MessageWriter.Options);
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Name);
        writer.WriteString("title"u8, tool.Title);
        writer.WriteString("description"u8, tool.Description);
        writer.WritePropertyName("inputSchema"u8);
        writer.WriteRawValue(tool.InputSchema.Utf8.Span, skipInputValidation: true);
        writer.WriteStartObject("annotations"u8);
        writer.WriteBoolean("readOnlyHint"u8, tool.Hints.ReadOnly == true);
        if (tool.Hints.Destructive is { } destructive)
            writer.WriteBoolean("destructiveHint"u8, destructive);
        writer.WriteBoolean("openWorldHint"u8, tool.Hints.OpenWorld != false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
