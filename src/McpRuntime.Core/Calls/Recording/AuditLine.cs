using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace McpRuntime.Calls.Recording;

/// <summary>One line of the audit: a JSON object and a line feed.</summary>
internal static class AuditLine
{
    // A writer asks for pages of memory to write a line; they are kept for the thread's next one.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static ReadOnlyMemory<byte> Write(
        CallRecord record, JsonElement arguments, string outcome, int? status, DateTimeOffset time, TimeSpan duration)
    {
        var output = _output ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(output);
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("time", time.UtcDateTime);
        writer.WriteString("call", record.Id);
        writer.WriteString("connector", record.Plan.Connector.Name);
        writer.WriteString("tool", record.Plan.Tool.Name);
        writer.WriteString("caller", record.Caller);
        WriteFingerprint(writer, arguments);
        writer.WriteString("outcome", outcome);
        if (status is { } code)
            writer.WriteNumber("status", code);
        else
            writer.WriteNull("status");
        writer.WriteNumber("duration_ms", Math.Round(duration.TotalMilliseconds, 3));
        writer.WriteNumber("attempts", record.Attempts);
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    // Tells whether two calls asked for the same, and not what: half of a SHA-256 of the text as it was given.
    private static void WriteFingerprint(Utf8JsonWriter writer, JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            writer.WriteNull("arguments");
            return;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(arguments), hash);
        Span<byte> text = stackalloc byte[SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(hash[..(SHA256.HashSizeInBytes / 2)], text, out _);
        writer.WriteString("arguments", text);
    }
}
