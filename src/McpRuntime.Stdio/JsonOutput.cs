using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpRuntime.Stdio;

/// <summary>One JSON value on standard output, indented, closed with a line feed.</summary>
internal static class JsonOutput
{
    // Control characters stay escaped, which also keeps a terminal safe; letters of all languages stay readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        buffer.Write("\n"u8);
        await using var output = Terminal.OpenOutput();
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
