using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>A text as JSON, whatever it was written in.</summary>
internal sealed class ParsedText
{
    private readonly string? _source;
    private readonly Lazy<bool>? _repeatsKeys;
    private IReadOnlyList<Finding>? _findings;

    /// <summary>A text that is JSON.</summary>
    public ParsedText(ReadOnlyMemory<byte> text, string? source, JsonDocument json, Lazy<bool> repeatsKeys)
    {
        Text = JsonUtf8 = text;
        Json = json;
        _source = source;
        _repeatsKeys = repeatsKeys;
    }

    /// <summary>A text that is YAML.</summary>
    public ParsedText(
        ReadOnlyMemory<byte> text, ReadOnlyMemory<byte> jsonUtf8, JsonDocument json, IReadOnlyList<Finding> findings)
    {
        Text = text;
        JsonUtf8 = jsonUtf8;
        Json = json;
        IsYaml = true;
        _findings = findings;
    }

    /// <summary>The text in UTF-8 without byte order mark; positions refer to it.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public bool IsYaml { get; }

    /// <summary>The JSON; the same memory as <see cref="Text"/> where that is JSON.</summary>
    public ReadOnlyMemory<byte> JsonUtf8 { get; }

    /// <summary>The parsed JSON, over <see cref="JsonUtf8"/>.</summary>
    public JsonDocument Json { get; }

    /// <summary>Warnings, each with line and column; of JSON they are keys that come twice.</summary>
    public IReadOnlyList<Finding> Findings =>
        _findings ??= _repeatsKeys!.Value ? JsonDuplicates.Find(JsonUtf8.Span, _source) : [];
}
