using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Compiled;

/// <summary>Findings about a valid manifest as JSON: what to say about it whenever it is loaded.</summary>
internal static class CompiledFindings
{
    public static void Write(ManifestJsonWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.BeginArray();
        foreach (var finding in findings)
        {
            writer.BeginObject();
            writer.Member("rule", finding.RuleId);
            writer.Member("severity", (long)finding.Severity);
            writer.Member("message", finding.Message);
            writer.Member("pointer", finding.Pointer);
            writer.Member("subject", finding.Subject);
            writer.Member("line", (long?)finding.Line);
            writer.Member("column", (long?)finding.Column);
            writer.EndObject();
        }
        writer.EndArray();
    }

    /// <param name="text">What <see cref="Write"/> wrote.</param>
    /// <param name="source">The manifest's name: the same bytes may be in several files.</param>
    /// <exception cref="InvalidDataException">The text is not that.</exception>
    public static IReadOnlyList<Finding> Read(ReadOnlyMemory<byte> text, string? source)
    {
        if (text.Span.SequenceEqual("[]"u8))
            return [];
        try
        {
            using var json = JsonDocument.Parse(text);
            var findings = new List<Finding>();
            foreach (var item in json.RootElement.EnumerateArray())
                findings.Add(Read(item, source));
            return findings;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("They are not findings.", exception);
        }
    }

    private static Finding Read(JsonElement item, string? source) =>
        new(
            item.GetProperty("rule").GetString()!,
            (FindingSeverity)item.GetProperty("severity").GetInt32(),
            item.GetProperty("message").GetString()!
        )
        {
            Pointer = item.GetProperty("pointer").GetString()!,
            Subject = item.TryGetProperty("subject", out var subject) ? subject.GetString() : null,
            Source = source,
            Line = Number(item, "line"),
            Column = Number(item, "column"),
        };

    private static int? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
