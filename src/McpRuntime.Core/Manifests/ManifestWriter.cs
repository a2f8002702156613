using System.Buffers;

namespace McpRuntime.Manifests;

/// <summary>
/// Writes manifests as YAML: the same manifest always gives the same bytes, lines are meant to be read and to be
/// compared, and every value reads the same in YAML 1.1 and 1.2.
/// </summary>
public static class ManifestWriter
{
    /// <summary>Writes UTF-8 without byte order mark, lines ended by LF. What is a default is left out.</summary>
    /// <remarks>
    /// <see cref="ManifestReader"/> gives back an equal manifest. Two things become what YAML can say: a lone surrogate
    /// in a string is U+FFFD, and JSON texts of schemas come back without blanks between tokens.
    /// </remarks>
    public static void Write(ConnectorManifest manifest, IBufferWriter<byte> output) =>
        YamlEmitter.Write(ManifestJson.From(manifest).Span, output);

    /// <summary>The text as bytes.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ConnectorManifest manifest)
    {
        var json = ManifestJson.From(manifest);
        var output = new ArrayBufferWriter<byte>(json.Length + (json.Length / 2));
        YamlEmitter.Write(json.Span, output);
        return output.WrittenMemory;
    }
}
