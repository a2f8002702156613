using McpRuntime.Diagnostics;

namespace McpRuntime.Validation;

/// <summary>Strict rules about names and descriptions, by which a model chooses a tool.</summary>
internal static class DescriptionRules
{
    private const int ShortestName = 4;
    private const int ShortestDescription = 20;

    private static readonly HashSet<string> GenericNames = new(StringComparer.Ordinal)
    {
        "call",
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "list",
        "create",
        "update",
        "run",
        "execute",
        "fetch",
        "read",
        "write",
        "send",
        "query",
        "search",
        "find",
        "data",
        "item",
        "items",
        "tool",
        "test",
        "request",
        "operation",
        "function",
        "action",
        "process",
        "handle",
        "index",
        "default",
        "endpoint",
        "get_data",
        "get_item",
        "get_items",
        "api",
    };

    private static readonly string[] Unfinished = ["TODO", "FIXME", "TBD", "XXX", "lorem ipsum"];

    public static void Check(FindingList findings, ToolContext context)
    {
        var name = context.Tool.Name;
        if (name.Length > 0 && (name.Length < ShortestName || GenericNames.Contains(name)))
        {
            findings.Warning(
                ValidationRules.ToolNameGeneric,
                context.At("name"),
                $"The tool name '{name}' is too generic for a model to choose; use a verb and a noun, e.g. "
                    + $"'list_open_orders'."
            );
        }
        var description = context.Tool.Description?.Trim() ?? "";
        if (description.Length == 0)
        {
            findings.Warning(
                ValidationRules.DescriptionMissing,
                context.At("description"),
                $"{context.Label} has no description; say in a sentence what it does and when to use it."
            );
        }
        else if (Letters(description) == Letters(name))
        {
            findings.Warning(
                ValidationRules.DescriptionIsName,
                context.At("description"),
                $"{context.Label} has a description that only repeats its name; say in a sentence what it "
                    + $"does and when to use it."
            );
        }
        else if (Width(description) < ShortestDescription)
        {
            findings.Warning(
                ValidationRules.DescriptionShort,
                context.At("description"),
                $"{context.Label} has a description of only {CountText.Of(description.Length, "character")}, "
                    + $"'{description}'; say in a sentence what it does and when to use it."
            );
        }
        if (IsUnfinished(description))
        {
            findings.Warning(
                ValidationRules.DescriptionUnfinished,
                context.At("description"),
                $"{context.Label} has a description that looks unfinished: "
                    + $"'…{description[^Math.Min(description.Length, 40)..]}'; complete it."
            );
        }
    }

    // A sign of Chinese, Japanese or Korean says about as much as three letters.
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += IsIdeographic(rune.Value) ? 3 : 1;
        return width;
    }

    // Kana, CJK ideographs and Hangul syllables (Unicode blocks, chapter 18).
    private static bool IsIdeographic(int rune) =>
        rune
            is (>= 0x3040 and <= 0x30FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsUnfinished(string description) =>
        description.EndsWith("...", StringComparison.Ordinal)
        || (description.Length > 0 && description[^1] is '…' or ':' or ',' or ';' or '-')
        || Unfinished.Any(word => description.Contains(word, StringComparison.Ordinal));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
