using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpRuntime.Server;

/// <summary>
/// The result of a request as finished UTF-8 JSON on one line. Only transports of ours can send
/// it, through <see cref="MessageWriter"/>: the protocol library's own have no metadata for it.
/// </summary>
internal sealed class RawResult
{
    private static readonly JsonTypeInfo<RawResult> TypeInfo = JsonMetadataServices.CreateValueInfo<RawResult>(
        new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() },
        new Converter()
    );

    private readonly ReadOnlyMemory<byte> _line;

    /// <param name="line">
    /// One valid JSON object without line breaks, closed with <see cref="End"/>; not changed any more.
    /// </param>
    public RawResult(ReadOnlyMemory<byte> line) => _line = line;

    /// <summary>What follows the result in a message.</summary>
    public static ReadOnlySpan<byte> End => "}\n"u8;

    public ReadOnlySpan<byte> Utf8 => _line.Span[..^End.Length];

    /// <summary>The result and the end of its message, so that a large one can be written from where it lies.</summary>
    public ReadOnlySpan<byte> Line => _line.Span;

    /// <summary>A fresh node: the protocol library takes ownership of what it is given.</summary>
    public JsonNode ToNode() => JsonValue.Create(this, TypeInfo)!;

    private sealed class Converter : JsonConverter<RawResult>
    {
        public override RawResult Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A finished result is only written.");

        public override void Write(Utf8JsonWriter writer, RawResult value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8, skipInputValidation: true);
    }
}
