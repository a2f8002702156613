using System.Text;
using System.Text.Json;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Listing.Profiles;

namespace McpRuntime.Server;

/// <summary>Writes the result of <c>tools/list</c> (MCP, Tool and ListToolsResult).</summary>
internal static class ToolListWriter
{
    /// <summary>
    /// The result for revisions until 2025-11-25, whose clients refuse members that they do not know.
    /// </summary>
    public static byte[] WriteLine(ToolList list, ListForm form)
    {
        var entries = new ListedEntries(list.Listed, form);
        BuiltInTool[] listed =
            list.Description is { } description && IsSummarised(list, entries)
                ? [.. list.BuiltIns, description]
                : [.. list.BuiltIns];
        using var builtIns = WriteBuiltIns(listed, form);
        // First what it comes to: the memory of a large list is touched once.
        var line = new byte[Length(list, entries, builtIns.Length, hasBuiltIns: listed.Length > 0)];
        var rest = Append(line, Start);
        rest = Append(rest, builtIns.Span);
        var isFirst = listed.Length == 0;
        foreach (var tool in list.Listed)
        {
            if (!isFirst)
                rest = Append(rest, ","u8);
            isFirst = false;
            rest = Append(rest, ToolEntry.Start);
            // Names on the wire are ASCII and need no escape.
            rest = rest[Encoding.ASCII.GetBytes(tool.Name, rest)..];
            rest = Append(rest, entries.Of(tool).Span);
        }
        rest = Append(rest, "]}"u8);
        Append(rest, RawResult.End);
        return line;
    }

    /// <summary>The same for revisions from 2026-07-28, where further members are required.</summary>
    /// <param name="line">What <see cref="WriteLine"/> wrote.</param>
    public static byte[] ToPerRequest(ReadOnlySpan<byte> line)
    {
        // For this caller only: what a caller sees may depend on who it is. Fresh for a minute: changes are announced.
        var members = ",\"ttlMs\":60000,\"cacheScope\":\"private\",\"resultType\":\"complete\","u8;
        var open = line[..^(1 + RawResult.End.Length)];
        return [.. open, .. members, .. ServerIdentity.MetaMember, (byte)'}', .. RawResult.End];
    }

    private static ReadOnlySpan<byte> Start => "{\"tools\":["u8;

    private static long Length(ToolList list, ListedEntries entries, int builtIns, bool hasBuiltIns)
    {
        var tools = list.Listed;
        long length =
            Start.Length
            + builtIns
            + "]}"u8.Length
            + RawResult.End.Length
            + Math.Max(0, tools.Count - (hasBuiltIns ? 0 : 1));
        foreach (var tool in tools)
            length += ToolEntry.Start.Length + tool.Name.Length + entries.Of(tool).Length;
        return length;
    }

    private static Span<byte> Append(Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        return rest[bytes.Length..];
    }

    // A text of a manifest that has the word only lists a tool that does no harm.
    private static bool IsSummarised(ToolList list, ListedEntries entries)
    {
        foreach (var tool in list.Listed)
        {
            if (entries.Of(tool).Span.IndexOf("describe_tools"u8) >= 0)
                return true;
        }
        return false;
    }

    private static PooledBuffer WriteBuiltIns(BuiltInTool[] tools, ListForm form)
    {
        var buffer = new PooledBuffer();
        foreach (var tool in tools)
        {
            if (buffer.Length > 0)
                buffer.Append(","u8);
            Write(buffer, tool, form);
        }
        buffer.MakeOneLine();
        return buffer;
    }

    private static void Write(PooledBuffer buffer, BuiltInTool tool, ListForm form)
    {
        using var writer = new Utf8JsonWriter(buffer, MessageWriter.Options);
        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Name);
        writer.WriteString("title"u8, tool.Title);
        writer.WriteString("description"u8, tool.Description);
        writer.WritePropertyName("inputSchema"u8);
        var schema = ProfileRules.Of(form.Profile) is { } rules
            ? ProfiledEntry.Of(tool.InputSchema, rules)
            : tool.InputSchema;
        writer.WriteRawValue(schema.Utf8.Span, skipInputValidation: true);
        writer.WriteStartObject("annotations"u8);
        writer.WriteBoolean("readOnlyHint"u8, tool.Hints.ReadOnly == true);
        if (tool.Hints.Destructive is { } destructive)
            writer.WriteBoolean("destructiveHint"u8, destructive);
        writer.WriteBoolean("openWorldHint"u8, tool.Hints.OpenWorld != false);
        writer.WriteEndObject();
        ClientHints.Write(writer, tool.IsAlwaysLoaded, form.ConfirmDestructive && tool.Hints.Destructive == true);
        writer.WriteEndObject();
    }
}
