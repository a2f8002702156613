using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Server;

namespace McpRuntime.Http.LiveView;

/// <summary>
/// What viewers are told, of this replica or another: a JSON object, and what decides who may see it.
/// </summary>
internal sealed class LiveEvent
{
    private readonly string _type;
    private readonly Action<Utf8JsonWriter>? _write;
    private byte[]? _json;

    /// <summary>An event of this replica; it is written when someone reads it, not within the call.</summary>
    /// <param name="replica">This one's id.</param>
    /// <param name="type">E.g. <c>call.started</c>.</param>
    /// <param name="write">Writes the other members.</param>
    public LiveEvent(string replica, string type, Action<Utf8JsonWriter> write)
        : this(type) =>
        _write = writer =>
        {
            writer.WriteString("type"u8, type);
            writer.WriteString("replica"u8, replica);
            write(writer);
        };

    private LiveEvent(string type) => _type = type;

    /// <summary>Of a call; null for the connectors of the folder.</summary>
    public string? Project { get; init; }

    /// <summary>Of a call.</summary>
    public string? Connector { get; init; }

    /// <summary>Of a line of the log.</summary>
    public LogLevel Level { get; init; } = LogLevel.None;

    public bool IsCall => _type.StartsWith("call.", StringComparison.Ordinal);

    public bool IsLog => _type == "log";

    /// <summary>The whole object.</summary>
    public ReadOnlySpan<byte> Json => _json ??= Write();

    /// <summary>An event that another replica sent.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static LiveEvent Read(JsonElement sent)
    {
        var type = Text(sent, "type") ?? throw new JsonException("An event without a type.");
        var level = LogLevel.None;
        if (type == "log" && !Enum.TryParse(Text(sent.GetProperty("line"), "level"), ignoreCase: true, out level))
            throw new JsonException("A line of the log without a level.");
        return new LiveEvent(type)
        {
            Project = Text(sent, "project"),
            Connector = Text(sent, "connector"),
            Level = level,
            _json = Write(sent.WriteTo),
        };
    }

    private static string? Text(JsonElement sent, string name) =>
        sent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private byte[] Write() =>
        Write(writer =>
        {
            writer.WriteStartObject();
            _write!(writer);
            writer.WriteEndObject();
        });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ReadableJson.OneLine))
            write(writer);
        return buffer.Memory.ToArray();
    }
}
