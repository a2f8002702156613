using System.Buffers;
using McpRuntime.Json;
using McpRuntime.Validation;

namespace McpRuntime.Manifests;

/// <summary>
/// Writes manifests as YAML: the same manifest always gives the same bytes, lines are meant to be read and to be
/// compared, and every value reads the same in YAML 1.1 and 1.2.
/// </summary>
public static class ManifestWriter
{
    // Of the connector's members and of what is in them.
    private const int MemberIndent = 2;
    private const int MemberLevel = 2;

    /// <summary>Writes UTF-8 without byte order mark, lines ended by LF. What is a default is left out.</summary>
    /// <remarks>
    /// <see cref="ManifestReader"/> gives back an equal manifest. Two things become what YAML can say: a lone surrogate
    /// in a string is U+FFFD, and JSON texts of schemas come back without blanks between tokens.
    /// </remarks>
    public static void Write(ConnectorManifest manifest, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var yaml = new YamlBuffer(output);
        var json = new ManifestJsonWriter(16 * 1024);
        ManifestJson.WriteHead(json, manifest);
        YamlEmitter.Write(json.Written.Span, yaml);
        WriteDefinitions(manifest.Definitions, json, yaml);
        WriteTools(manifest.Tools, json, yaml);
        yaml.Flush();
    }

    /// <summary>The text as bytes.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ConnectorManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var output = new ArrayBufferWriter<byte>(Estimate(manifest));
        Write(manifest, output);
        return output.WrittenMemory;
    }

    // One schema at a time: all of them as JSON would be the manifest a second time in memory.
    private static void WriteDefinitions(IReadOnlyDictionary<string, JsonText> definitions, ManifestJsonWriter json, YamlBuffer yaml)
    {
        if (definitions.Count == 0)
            return;
        WriteKey("definitions:"u8, yaml);
        foreach (var (name, schema) in definitions)
        {
            json.Clear();
            json.BeginObject();
            json.Member(name, schema);
            json.EndObject();
            YamlEmitter.Write(json.Written.Span, yaml, MemberIndent + 2, MemberLevel);
        }
    }

    private static void WriteTools(IReadOnlyList<ToolManifest> tools, ManifestJsonWriter json, YamlBuffer yaml)
    {
        if (tools.Count == 0)
        {
            WriteKey("tools: []"u8, yaml);
            return;
        }
        WriteKey("tools:"u8, yaml);
        foreach (var tool in tools)
        {
            json.Clear();
            json.BeginArray();
            ToolJson.Write(json, tool);
            json.EndArray();
            YamlEmitter.Write(json.Written.Span, yaml, MemberIndent, MemberLevel);
        }
    }

    private static void WriteKey(ReadOnlySpan<byte> line, YamlBuffer yaml)
    {
        yaml.Indent(MemberIndent);
        yaml.Bytes(line);
        yaml.NewLine();
    }

    // Schemas make up most of a manifest, and indentation adds about as much again as the places of arguments do.
    private static int Estimate(ConnectorManifest manifest)
    {
        var bytes = 4096L;
        foreach (var (_, schema) in manifest.Definitions)
            bytes += schema.Utf8.Length * 2L;
        foreach (var tool in manifest.Tools)
            bytes += (tool.InputSchema.Utf8.Length * 2L) + (tool.OutputSchema?.Utf8.Length ?? 0) + 512;
        return (int)Math.Min(bytes, Array.MaxLength / 2);
    }
}
