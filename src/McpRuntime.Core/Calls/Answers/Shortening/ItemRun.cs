using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Calls.Answers.Shortening;

/// <summary>Decides item by item what of a list is shown.</summary>
/// <param name="window">What was asked for.</param>
/// <param name="most">Bytes of all that is shown.</param>
internal sealed class ItemRun(ResultWindow window, int most)
{
    private const int MostNames = 30;
    private const int LongValue = 1000;

    private int _left = most;
    private bool _isFull;
    private int _matches;

    /// <summary>The first that is shown.</summary>
    public int First { get; private set; } = window.From;

    public int Shown { get; private set; }

    public int? Next { get; private set; }

    public int Total { get; private set; }

    public int? Matches => window.Contains is null ? null : _matches;

    public string? TooLong { get; private set; }

    /// <summary>Whether the next item is shown.</summary>
    public bool Takes(JsonElement item, int nameLength)
    {
        var index = Total++;
        if (window.Contains is { } text && !Has(item, text))
            return false;
        _matches++;
        if (index < window.From)
            return false;
        var length = MainList.Length(item) + nameLength + 1;
        if (_isFull || Shown >= window.Count || length > _left)
        {
            if (Shown == 0 && Next is null)
                TooLong = Outline(item);
            Next ??= index;
            _isFull = true;
            return false;
        }
        if (Shown++ == 0)
            First = index;
        _left -= length;
        return true;
    }

    private static bool Has(JsonElement item, string text)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(item));
        while (reader.Read())
        {
            var isFound = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!.Contains(text, StringComparison.OrdinalIgnoreCase),
                JsonTokenType.Number => System
                    .Text.Encoding.ASCII.GetString(reader.ValueSpan)
                    .Contains(text, StringComparison.Ordinal),
                _ => false,
            };
            if (isFound)
                return true;
        }
        return false;
    }

    private static string Outline(JsonElement item)
    {
        var length = MainList.Length(item);
        if (item.ValueKind != JsonValueKind.Object)
            return CountText.Of(length, "byte");
        var members = item.EnumerateObject()
            .OrderByDescending(member => MainList.Length(member.Value))
            .Take(MostNames)
            .Select(member =>
            {
                var name = UntrustedText.ForTerminal(member.Name);
                var bytes = MainList.Length(member.Value);
                return bytes > LongValue ? $"{name} ({CountText.Of(bytes, "byte")})" : name;
            });
        return $"{CountText.Of(length, "byte")}: {string.Join(", ", members)}";
    }
}
