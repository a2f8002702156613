using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;

namespace McpRuntime.Documents.Json;

/// <summary>Finds keys that come twice in one object. Slow and exact; it runs only when a parser has met one.</summary>
internal static class JsonDuplicates
{
    private const int Most = 100;

    public static IReadOnlyList<Finding> Find(ReadOnlySpan<byte> json, string? source)
    {
        var findings = new List<Finding>();
        var levels = new Stack<Level>();
        var reader = new Utf8JsonReader(json, UnboundedDepth.Reader);
        while (reader.Read() && findings.Count < Most)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var pointer = levels.TryPeek(out var parent) ? parent.Next() : "";
                    levels.Push(new Level(pointer, reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    levels.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    var level = levels.Peek();
                    level.Key = name;
                    if (!level.Keys!.Add(name))
                    {
                        var (line, column) = TextPositions.At(json, (int)reader.TokenStartIndex);
                        findings.Add(Duplicate(name, JsonPointer.Append(level.Pointer, name), source, line, column));
                    }
                    break;
                default:
                    if (levels.TryPeek(out var holder))
                        holder.Next();
                    break;
            }
        }
        return findings;
    }

    public static Finding Duplicate(string name, string pointer, string? source, int line, int column) =>
        new(
            DocumentRules.DuplicateKey,
            FindingSeverity.Warning,
            $"The key '{name}' occurs more than once in one object; the last one is used. Remove or rename the others."
        )
        {
            Pointer = pointer,
            Source = source,
            Line = line,
            Column = column,
        };

    private sealed class Level(string pointer, bool isObject)
    {
        private int _index;

        public string Pointer { get; } = pointer;

        public HashSet<string>? Keys { get; } = isObject ? [] : null;

        public string? Key { get; set; }

        public string Next() => Key is null ? JsonPointer.Append(Pointer, _index++) : JsonPointer.Append(Pointer, Key);
    }
}
