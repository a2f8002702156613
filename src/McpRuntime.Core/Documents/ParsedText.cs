using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>A text as JSON, whatever it was written in.</summary>
/// <param name="Text">The text in UTF-8 without byte order mark; positions refer to it.</param>
/// <param name="IsYaml">The text is YAML; JSON otherwise.</param>
/// <param name="JsonUtf8">The JSON; the same memory as <paramref name="Text"/> where that is JSON.</param>
/// <param name="Json">The parsed JSON, over <paramref name="JsonUtf8"/>.</param>
/// <param name="Findings">Warnings, each with line and column; of JSON they are keys that come twice.</param>
internal sealed record ParsedText(
    ReadOnlyMemory<byte> Text,
    bool IsYaml,
    ReadOnlyMemory<byte> JsonUtf8,
    JsonDocument Json,
    IReadOnlyList<Finding> Findings
);
