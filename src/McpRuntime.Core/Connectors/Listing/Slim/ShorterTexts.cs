using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// Cuts long descriptions at the end of a sentence, with the name of the tool that gives all of them.
/// </summary>
internal static class ShorterTexts
{
    private const int MostOfArgument = 150;
    private const string More = " (More: " + OptionalDepth.Pointer + ".)";

    /// <summary>Cuts the descriptions of optional properties, at any depth.</summary>
    /// <returns>Whether there were any that are long.</returns>
    public static bool Apply(JsonObject schema)
    {
        var any = false;
        var required = (schema["required"] as JsonArray ?? [])
            .Select(name => name?.ToJsonString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
        {
            if (
                value is not JsonObject property
                || required.Contains(JsonValue.Create(name).ToJsonString())
                || property["description"]?.GetValueKind() != JsonValueKind.String
            )
                continue;
            var text = property["description"]!.GetValue<string>();
            // A summary is short already, and says itself where the rest is.
            var cut = text.EndsWith(OptionalDepth.End, StringComparison.Ordinal) ? text : Cut(text, MostOfArgument);
            if (cut.Length == text.Length)
                continue;
            property["description"] = cut;
            any = true;
        }
        foreach (var child in SubSchemas.Of(schema))
            any |= Apply(child);
        return any;
    }

    /// <summary>A text that is longer than so many characters by more than what says where the rest is.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most + More.Length + 40)
            return text;
        var end = text.LastIndexOfAny(['.', '\n', '。'], most);
        if (end < most / 3)
            end = text.LastIndexOf(' ', most);
        return end < most / 3 ? text : string.Concat(text.AsSpan(0, end + 1).TrimEnd(), More);
    }
}
