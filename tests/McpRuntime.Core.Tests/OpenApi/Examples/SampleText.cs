using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Strings of a pattern and a length.</summary>
internal static class SampleText
{
    private const int MostExtra = 70;

    public static JsonNode Make(List<JsonElement> parts, SampleChoice choice)
    {
        var least = parts.Max(part => SampleNumber.Whole(part, "minLength") ?? 0);
        var most = parts.Min(part => SampleNumber.Whole(part, "maxLength") ?? int.MaxValue);
        var patterns = parts
            .Where(part => part.TryGetProperty("pattern", out _))
            .Select(part => part.GetProperty("pattern").GetString()!)
            .ToList();
        if (patterns.Count == 0)
        {
            var text = choice.Variant == 0 ? "a" : "a" + choice.Variant.ToString(CultureInfo.InvariantCulture);
            text = text.PadRight(Math.Max(least, 1), 'a');
            return text.Length > most ? text[..most] : text;
        }
        var pattern = patterns[choice.Variant % patterns.Count];
        var made = "";
        // Repetitions are repeated more often until it is long enough.
        for (var extra = choice.Variant; extra < choice.Variant + MostExtra; extra++)
        {
            made = SamplePattern.Make(pattern, extra);
            if (made.Length >= least)
                break;
        }
        // A pattern that is not anchored allows more around it.
        return made.Length < least ? made.PadRight(least, 'a') : made;
    }
}
