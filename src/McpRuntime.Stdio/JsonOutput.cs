using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Stdio;

/// <summary>One JSON value on standard output, indented, closed with a line feed.</summary>
internal static class JsonOutput
{
    public static async Task WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = ReadableJson.Indented;
        // The letters of a terminal with another code page are others.
        if (Terminal.IsOutWatched && Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            options.Encoder = JavaScriptEncoder.Default;
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        buffer.Write("\n"u8);
        await using var output = Terminal.OpenOutput();
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }
}
