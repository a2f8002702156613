using System.Globalization;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Json;

namespace McpRuntime.Server;

/// <summary>
/// <c>echo</c>, <c>hello</c> and <c>get_time</c>: they show that a client reaches the server before any connector is
/// there.
/// </summary>
public static class BuiltInTools
{
    private const int MaxZoneLength = 100;

    /// <summary>The tools that a filter lets through; all of them are read-only.</summary>
    public static IReadOnlyList<BuiltInTool> Create(TimeProvider time, ToolFilter filter)
    {
        BuiltInTool[] tools =
        [
            new(
                "echo",
                "Echo",
                "Returns the message. Use it to test the connection.",
                Schema(
                    """{"type":"object","properties":{"message":{"type":"string","description":"What to send back."}}"""
                        + ""","required":["message"],"additionalProperties":false}"""
                ),
                Echo
            ),
            new(
                "hello",
                "Hello",
                "Greets, and names the server.",
                Schema(
                    """{"type":"object","properties":{"name":{"type":"string","description":"Whom to greet."}}"""
                        + ""","additionalProperties":false}"""
                ),
                Hello
            ),
            new(
                "get_time",
                "Current time",
                "The current date and time, in UTC or in a time zone.",
                Schema(
                    """{"type":"object","properties":{"timezone":"""
                        + """{"type":"string","description":"IANA time zone, such as Europe/Berlin. Default: UTC."}}"""
                        + ""","additionalProperties":false}"""
                ),
                arguments => GetTime(arguments, time)
            ),
        ];
        return Array.FindAll(tools, tool => filter.AllowsName(tool.Name));
    }

    private static ToolAnswer Echo(JsonElement arguments)
    {
        if (Explain(arguments, "message") is { } fault)
            return fault;
        return Text(arguments, "message") is { } message
            ? ToolAnswer.Text(message)
            : ToolAnswer.Error("The argument 'message' is missing; give a string.");
    }

    private static ToolAnswer Hello(JsonElement arguments)
    {
        if (Explain(arguments, "name") is { } fault)
            return fault;
        var name = Text(arguments, "name");
        return ToolAnswer.Text(
            $"Hello{(string.IsNullOrWhiteSpace(name) ? "" : $", {name}")}! This is {ServerIdentity.Title} "
                + $"{ServerIdentity.Version}."
        );
    }

    private static ToolAnswer GetTime(JsonElement arguments, TimeProvider time)
    {
        if (Explain(arguments, "timezone") is { } fault)
            return fault;
        var id = Text(arguments, "timezone") ?? "UTC";
        // The identifier becomes a path below the system's zone data; nothing but a zone's name may get there.
        if (
            id.Length > MaxZoneLength
            || id.Contains("..", StringComparison.Ordinal)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        )
            return ToolAnswer.Error(
                "The argument 'timezone' is not a time zone that this machine knows; give an IANA name such "
                    + "as Europe/Berlin, America/New_York or UTC."
            );
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        var text = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var structured = new Dictionary<string, string>
        {
            ["time"] = text,
            ["timezone"] = id,
            ["weekday"] = now.DayOfWeek.ToString(),
        };
        return ToolAnswer.Text(text) with { Structured = JsonObjectOf(structured) };
    }

    // The three tools take optional strings only; a validator would be more than they need.
    private static ToolAnswer? Explain(JsonElement arguments, string allowed)
    {
        foreach (var argument in arguments.EnumerateObject())
        {
            if (argument.Name != allowed)
                return ToolAnswer.Error($"There is no such argument; this tool takes '{allowed}' only.");
            if (argument.Value.ValueKind != JsonValueKind.String)
                return ToolAnswer.Error($"The argument '{allowed}' must be a string.");
        }
        return null;
    }

    private static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonText Schema(string json) => new(System.Text.Encoding.UTF8.GetBytes(json));

    private static JsonText JsonObjectOf(Dictionary<string, string> members)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return new JsonText(buffer.Span.ToArray());
    }
}
