using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// Shortens JSON that was not read to its end: whole items and members stay as they are, and what is open is closed. No
/// item is a part of one, and nothing is made up.
/// </summary>
internal static class JsonCut
{
    /// <returns>The shortened value with a note about what is left out; null when not even its beginning is
    /// JSON.</returns>
    public static (JsonText Json, string Note)? Shorten(ReadOnlySpan<byte> beginning)
    {
        var open = new List<Container>();
        try
        {
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
            string? name = null;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.GetString();
                    continue;
                }
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    var isList = reader.TokenType == JsonTokenType.StartArray;
                    open.Add(new Container(isList, name) { End = (int)reader.BytesConsumed });
                    name = null;
                    continue;
                }
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                    (name, _) = (open[^1].Name, open.Remove(open[^1]));
                if (open.Count == 0)
                    break;
                open[^1].Take((int)reader.BytesConsumed, name);
                name = null;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        return open.Count == 0 ? null : Close(beginning, open);
    }

    // At the outermost list, so that its items are whole; without a list, where the last whole member is.
    private static (JsonText Json, string Note) Close(ReadOnlySpan<byte> beginning, List<Container> open)
    {
        var at = open.FindIndex(container => container.IsList);
        if (at < 0)
            at = Math.Max(open.FindLastIndex(container => container.Count > 0), 0);
        var json = new byte[open[at].End + at + 1];
        beginning[..open[at].End].CopyTo(json);
        for (var i = 0; i <= at; i++)
            json[^(i + 1)] = (byte)(open[i].IsList ? ']' : '}');
        var path = string.Join('.', open.Take(at + 1).Select(container => container.Name).OfType<string>());
        var place = path.Length == 0 ? "It" : $"'{UntrustedText.Shorten(UntrustedText.ForTerminal(path), 120)}'";
        var note = open[at] switch
        {
            { Count: 0 } => $"{place} would have begun with a value that is longer than that.",
            { IsList: true, Count: var count } =>
                $"{place} has {(count == 1 ? "its first item" : $"its first {CountText.Of(count, "item")}")}, "
                    + "and no part of another.",
            { Last: var last } => $"{place} has its members up to '{UntrustedText.ForTerminal(last)}'.",
        };
        return (new JsonText(json), note);
    }

    private sealed class Container(bool isList, string? name)
    {
        public bool IsList => isList;

        /// <summary>Of the member that it is; null for an item.</summary>
        public string? Name => name;

        public int Count { get; private set; }

        /// <summary>The name of the last whole member.</summary>
        public string? Last { get; private set; }

        /// <summary>Where the last whole value in it ends, or its own beginning does.</summary>
        public int End { get; set; }

        public void Take(int end, string? member) => (End, Last, Count) = (end, member, Count + 1);
    }
}
