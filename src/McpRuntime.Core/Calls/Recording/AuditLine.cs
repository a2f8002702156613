using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.Recording;

/// <summary>One line of the audit: a JSON object and a line feed.</summary>
internal static class AuditLine
{
    // A writer asks for pages of memory to write a line; they are kept for the thread's next one.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    [ThreadStatic]
    private static IncrementalHash? _sha256;

    public static ReadOnlyMemory<byte> Write(CallRecord record, JsonElement arguments)
    {
        var output = _output ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(output, ReadableJson.OneLine);
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString(Name.Time, record.Time.UtcDateTime);
        writer.WriteString(Name.Call, record.Id);
        if (record.Tool.Project is { } project)
            writer.WriteString(Name.Project, project);
        writer.WriteString(Name.Connector, record.Tool.Connector);
        writer.WriteString(Name.Tool, record.Tool.Tool);
        writer.WriteString(Name.Caller, record.Context.Caller);
        WriteFingerprint(writer, arguments);
        writer.WriteString(Name.Outcome, record.Outcome);
        if (record.Status is { } code)
            writer.WriteNumber(Name.Status, code);
        else
            writer.WriteNull(Name.Status);
        writer.WriteNumber(Name.DurationMs, Math.Round(record.Duration.TotalMilliseconds, 3));
        writer.WriteNumber(Name.Attempts, record.Attempts);
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
            writer.WriteNull(Name.Arguments);
            return;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var sha256 = _sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(JsonMarshal.GetRawUtf8Value(arguments));
        sha256.GetHashAndReset(hash);
        Span<byte> text = stackalloc byte[SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(hash[..(SHA256.HashSizeInBytes / 2)], text, out _);
        writer.WriteString(Name.Arguments, text);
    }

    private static class Name
    {
        public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
        public static readonly JsonEncodedText Call = JsonEncodedText.Encode("call");
        public static readonly JsonEncodedText Project = JsonEncodedText.Encode("project");
        public static readonly JsonEncodedText Connector = JsonEncodedText.Encode("connector");
        public static readonly JsonEncodedText Tool = JsonEncodedText.Encode("tool");
        public static readonly JsonEncodedText Caller = JsonEncodedText.Encode("caller");
        public static readonly JsonEncodedText Arguments = JsonEncodedText.Encode("arguments");
        public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
        public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
        public static readonly JsonEncodedText DurationMs = JsonEncodedText.Encode("duration_ms");
        public static readonly JsonEncodedText Attempts = JsonEncodedText.Encode("attempts");
    }
}
