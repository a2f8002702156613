using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>
/// How JSON that people read is written: answers of the gateway, output of the console, logs and files. Letters of all
/// languages, quotation marks, angle brackets and emoji are as they are; what a reader cannot see is escaped.
/// </summary>
/// <remarks>
/// <see cref="JavaScriptEncoder.Default"/> and all that <see cref="JavaScriptEncoder.Create(TextEncoderSettings)"/>
/// makes escape what HTML gives a meaning to; nothing here becomes a part of HTML.
/// <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/> escapes every emoji, and leaves bidirectional controls
/// and zero-width characters, with which a hostile document shows a terminal's user something else than is there.
/// </remarks>
public static class ReadableJson
{
    /// <summary>Escapes what JSON demands, control characters (C1 too) and invisible ones.</summary>
    public static JavaScriptEncoder Encoder { get; } = new ReadableJsonEncoder();

    /// <summary>On one line.</summary>
    public static JsonWriterOptions OneLine { get; } = new() { Encoder = Encoder };

    /// <summary>Indented, with a line feed after each line on every platform.</summary>
    public static JsonWriterOptions Indented { get; } =
        new()
        {
            Encoder = Encoder,
            Indented = true,
            NewLine = "\n",
        };
}
