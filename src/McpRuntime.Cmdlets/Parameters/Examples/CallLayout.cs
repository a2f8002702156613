using System.Text.Json.Nodes;

namespace McpRuntime.Cmdlets.Parameters.Examples;

/// <summary>
/// A call of a command in lines that fit a terminal of 80 columns with the indentation of help, and run as they are.
/// </summary>
internal static class CallLayout
{
    private const int Width = 74;
    private const string Indent = "    ";

    /// <param name="head">Command and tool.</param>
    /// <param name="parts">Parameters: the text before the value, and the value; null for none.</param>
    public static string Of(string head, IReadOnlyList<(string Text, JsonNode? Value)> parts)
    {
        var plain = parts
            .Select(part => part.Value is null ? part.Text : $"{part.Text} {PowerShellText.Argument(part.Value)}")
            .ToList();
        var line = string.Join(' ', plain.Prepend(head));
        if (line.Length <= Width)
            return line;
        var lines = parts.Select(
            (part, i) =>
                part.Value is not null && Indent.Length + plain[i].Length > Width
                    ? $"{part.Text} {Block(part.Value, Indent)}"
                    : plain[i]
        );
        return string.Join($" `\n{Indent}", lines.Prepend(head));
    }

    /// <summary>Words in lines, each but the first indented.</summary>
    public static string Wrap(IEnumerable<string> words)
    {
        var text = "";
        var column = 0;
        foreach (var word in words)
        {
            var isNext = column > 0 && column + 1 + word.Length > Width;
            text +=
                column == 0 ? word
                : isNext ? $"\n{Indent}{word}"
                : $" {word}";
            column =
                column == 0 ? word.Length
                : isNext ? Indent.Length + word.Length
                : column + 1 + word.Length;
        }
        return text;
    }

    // Inside of braces and brackets a line break needs no mark.
    private static string Block(JsonNode value, string indent)
    {
        var inner = indent + Indent;
        return value switch
        {
            JsonObject { Count: > 0 } members =>
                $"@{{\n{string.Concat(members.Select(member => Line(member, inner)))}{indent}}}",
            JsonArray { Count: > 0 } items =>
                $"@(\n{string.Join(",\n", items.Select(item => inner + Fitting(item, inner)))}\n{indent})",
            _ => PowerShellText.Expression(value),
        };
    }

    private static string Line(KeyValuePair<string, JsonNode?> member, string indent) =>
        $"{indent}{PowerShellText.Key(member.Key)} = {Fitting(member.Value, indent)}\n";

    private static string Fitting(JsonNode? value, string indent) =>
        PowerShellText.Expression(value) is var line && (value is null || indent.Length + line.Length <= Width - 20)
            ? line
            : Block(value, indent);
}
