using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Stdio;

/// <summary>One JSON value on standard output, indented, closed with a line feed.</summary>
internal static class JsonOutput
{
    public static async Task WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            // Programs get letters of all languages as they are; a terminal gets nothing that it could act on.
            Encoder = Terminal.IsOutWatched ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        buffer.Write("\n"u8);
        await using var output = Terminal.OpenOutput();
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
