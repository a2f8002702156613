using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>Writes parts of a manifest, each as whole lines.</summary>
internal sealed class ManifestPartWriter
{
    // Of the connector's members and of what is in them.
    private const int MemberIndent = 2;
    private const int MemberLevel = 2;

    private readonly ManifestJsonWriter _json = new(16 * 1024);
    private readonly ChunkBuffer _text = new();
    private readonly YamlBuffer _yaml;

    internal ManifestPartWriter() => _yaml = new YamlBuffer(_text);

    /// <summary>All but the shared schemas and the tools.</summary>
    internal ReadOnlyMemory<byte> Head(ConnectorManifest manifest)
    {
        _json.Clear();
        ManifestJson.WriteHead(_json, manifest);
        return Take(indent: 0, level: 0);
    }

    /// <summary>A shared schema, below <c>definitions</c>.</summary>
    internal ReadOnlyMemory<byte> Definition(string name, JsonText schema)
    {
        _json.Clear();
        _json.BeginObject();
        _json.Member(name, schema);
        _json.EndObject();
        return Take(MemberIndent + 2, MemberLevel);
    }

    /// <summary>A tool, below <c>tools</c>.</summary>
    internal ReadOnlyMemory<byte> Tool(ToolManifest tool)
    {
        _json.Clear();
        _json.BeginArray();
        ToolJson.Write(_json, tool);
        _json.EndArray();
        return Take(MemberIndent, MemberLevel);
    }

    private Memory<byte> Take(int indent, int level)
    {
        YamlEmitter.Write(_json.Written.Span, _yaml, indent, level);
        _yaml.Flush();
        return _text.Take();
    }
}
