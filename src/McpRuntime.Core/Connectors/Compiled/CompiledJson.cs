using System.Text.Json;
using System.Text.Unicode;
using McpRuntime.Documents;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Compiled;

/// <summary>Reads pieces of a manifest that was valid as a whole.</summary>
internal static class CompiledJson
{
    // Documents are bounded to 256 when they are read.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    /// <summary>The connector without shared schemas and tools.</summary>
    /// <exception cref="InvalidDataException">The text is not one.</exception>
    public static ConnectorManifest ReadConnector(ReadOnlyMemory<byte> text) => Read(text, ConnectorReader.ReadHead);

    /// <exception cref="InvalidDataException">The text is not a tool.</exception>
    public static ToolManifest ReadTool(ReadOnlyMemory<byte> text) => Read(text, ToolReader.Read);

    private static T Read<T>(ReadOnlyMemory<byte> text, Func<ManifestFields, JsonElement, T?> read)
        where T : class
    {
        // A reader of the schemas in it would find out late, and with an exception of its own.
        if (!Utf8.IsValid(text.Span))
            throw new InvalidDataException("It is not UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(text, Options);
            // As what YAML became: compact already, so that schemas are parts of the text.
            var fields = new ManifestFields(new ParsedText(text, IsYaml: true, text, json, []));
            var value = read(fields, json.RootElement);
            return value is not null && fields.Findings.Count == 0
                ? value
                : throw new InvalidDataException("It is not a part of a valid manifest.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("It is not JSON.", exception);
        }
    }
}
