using System.Text;
using System.Text.Json;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Diagnostics;

namespace McpRuntime.Connectors.Listing;

/// <summary>
/// Members of <c>_meta</c> of a listed tool that clients read and no model sees (Claude Code, MCP): what finds the
/// tool, whether it is loaded at once, how much of its answer is shown, and whether a user is asked.
/// </summary>
internal static class ClientHints
{
    private const string AlwaysLoad = "anthropic/alwaysLoad";
    private const string Confirmation = "anthropic/requiresUserInteraction";
    private const string MaxResult = "anthropic/maxResultSizeChars";
    private const string SearchHint = "anthropic/searchHint";

    // The most that a client takes.
    private const long MostCharacters = 500_000;
    private const int MostHint = 60;
    private const int ShortestWord = 3;

    /// <summary>Those of a tool of the server itself, as its <c>_meta</c>.</summary>
    public static void Write(Utf8JsonWriter writer, bool isAlwaysLoaded, bool isAsked)
    {
        if (!isAlwaysLoaded && !isAsked)
            return;
        writer.WriteStartObject("_meta"u8);
        if (isAlwaysLoaded)
            writer.WriteBoolean(AlwaysLoad, true);
        if (isAsked)
            writer.WriteBoolean(Confirmation, true);
        writer.WriteEndObject();
    }

    /// <summary>Those of a connector's tool, into its <c>_meta</c>.</summary>
    public static void Write(Utf8JsonWriter writer, ServedTool tool)
    {
        if (tool.IsPinned)
            writer.WriteBoolean(AlwaysLoad, true);
        // Whoever set how much of an answer is read wants to have it, and not a file in its place.
        if ((tool.Tool.Limits.MaxResponseBytes ?? tool.Connector.Limits.MaxResponseBytes) is { } bytes)
            writer.WriteNumber(MaxResult, Math.Min(bytes, MostCharacters));
        if (HintOf(tool) is { Length: > 0 } hint)
            writer.WriteString(SearchHint, hint);
    }

    /// <summary>An entry with the wish that a user is asked before each call.</summary>
    /// <param name="entry">As <see cref="ToolEntry"/> writes it: <c>_meta</c> is its last member.</param>
    public static byte[] WithConfirmation(ReadOnlySpan<byte> entry) =>
        [.. entry[..^2], .. ",\""u8, .. Encoding.ASCII.GetBytes(Confirmation), .. "\":true}}"u8];

    /// <summary>Words of the tags that neither the name nor the first sentence has.</summary>
    private static string HintOf(ServedTool served)
    {
        var tool = served.Tool;
        if (tool.Tags.Count == 0)
            return "";
        var known = new HashSet<string>(
            Words($"{served.Name} {tool.Title} {FirstSentence.Of(tool.Description, 300)}"),
            StringComparer.OrdinalIgnoreCase
        );
        var hint = new StringBuilder();
        foreach (var word in Words(UntrustedText.Clean(string.Join(' ', tool.Tags))))
        {
            // "Issues" is known by "issue", and "Api20100401" is not a word.
            if (
                word.Length < ShortestWord
                || !word.All(char.IsLetter)
                || known.Contains(word.TrimEnd('s'))
                || known.Contains($"{word}s")
                || !known.Add(word)
                || hint.Length + word.Length > MostHint
            )
                continue;
            hint.Append(hint.Length > 0 ? " " : "").Append(word);
        }
        return hint.ToString();
    }

    private static string[] Words(string text) =>
        text.Split(
            [' ', '/', '{', '}', '_', '-', '.', ',', ':', '(', ')', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
}
