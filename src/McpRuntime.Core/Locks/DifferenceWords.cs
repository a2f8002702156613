using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Locks;

/// <summary>
/// Says in words how one JSON value differs from another: the place, what was there and what is there.
/// </summary>
internal static class DifferenceWords
{
    private const int Most = 8;
    private const int LongestValue = 200;

    /// <param name="before">As it was reviewed.</param>
    /// <param name="now">As it is.</param>
    /// <param name="place">What the values are; empty for a tool or connector itself.</param>
    /// <param name="except">A member that is compared elsewhere.</param>
    public static IReadOnlyList<string> Of(
        JsonElement before,
        JsonElement now,
        string place = "",
        string? except = null
    )
    {
        var words = new List<string>();
        Compare(words, place, before, now, except);
        return words.Count <= Most
            ? words
            : [.. words.Take(Most), $"{CountText.Of(words.Count - Most, "more difference")}."];
    }

    private static void Compare(List<string> words, string place, JsonElement before, JsonElement now, string? except)
    {
        if (JsonElement.DeepEquals(before, now) && before.GetRawText() == now.GetRawText())
            return;
        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in before.EnumerateObject().Where(member => member.Name != except))
            {
                if (!now.TryGetProperty(member.Name, out var other))
                    words.Add($"{Place(place, member.Name)} was {Value(member.Value)} and is gone.");
                else
                    Compare(words, Place(place, member.Name), member.Value, other, except: null);
            }
            foreach (var member in now.EnumerateObject().Where(member => member.Name != except))
            {
                if (!before.TryGetProperty(member.Name, out _))
                    words.Add($"{Place(place, member.Name)} is new: {Value(member.Value)}.");
            }
        }
        else
        {
            words.Add($"{place} was {Value(before)} and is {Value(now)}.");
        }
    }

    // An argument is the name that people know a property of the input by.
    private static string Place(string place, string name)
    {
        name = UntrustedText.Clean(name);
        return place switch
        {
            "" => name,
            "input_schema" when name == "properties" => "argument",
            "argument" => $"argument '{name}'",
            "connector" => name,
            _ => $"{place}/{name}",
        };
    }

    private static string Value(JsonElement value)
    {
        var text = UntrustedText.Clean(
            value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        );
        var shown = UntrustedText.Shorten(text, LongestValue);
        return value.ValueKind == JsonValueKind.String ? $"'{shown}'" : shown;
    }
}
