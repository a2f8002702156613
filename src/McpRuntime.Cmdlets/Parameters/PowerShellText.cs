using System.Buffers;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>Text as an argument on a command line of PowerShell.</summary>
internal static class PowerShellText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~/"
    );

    /// <summary>The text as it is where it stays text, else in single quotes.</summary>
    /// <remarks>
    /// A dash in front would make it a parameter, and digits a number: in a list 01 becomes 1. PowerShell takes some
    /// other quotation marks for its own, too.
    /// </remarks>
    public static string Quote(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '/')
        && !text.AsSpan().ContainsAnyExcept(Plain)
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>A JSON value as an argument; null for objects and arrays.</summary>
    public static string? Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Quote(value.GetString()!),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "$true",
            JsonValueKind.False => "$false",
            JsonValueKind.Null => "$null",
            _ => null,
        };

    /// <summary>A JSON value behind a parameter: text needs quotes only where it would not stay text.</summary>
    public static string Argument(JsonNode? value) =>
        value switch
        {
            JsonArray { Count: > 1 } items when items.All(item => item is JsonValue) => string.Join(
                ", ",
                items.Select(Argument)
            ),
            JsonArray and [JsonValue item] => Argument(item),
            JsonValue text when text.TryGetValue<string>(out var own) => Quote(own),
            _ => Expression(value),
        };

    /// <summary>A JSON value as an expression.</summary>
    public static string Expression(JsonNode? value) =>
        value switch
        {
            null => "$null",
            JsonObject { Count: 0 } => "@{}",
            JsonObject members => "@{ "
                + string.Join("; ", members.Select(member => $"{Key(member.Key)} = {Expression(member.Value)}"))
                + " }",
            JsonArray items => $"@({string.Join(", ", items.Select(Expression))})",
            _ when value.GetValueKind() == JsonValueKind.String =>
                $"'{CodeGeneration.EscapeSingleQuotedStringContent(value.GetValue<string>())}'",
            _ => value.GetValueKind() switch
            {
                JsonValueKind.True => "$true",
                JsonValueKind.False => "$false",
                _ => value.ToJsonString(),
            },
        };

    /// <summary>A key of a hashtable; words of the language are keys like others there.</summary>
    public static string Key(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";

    /// <summary>A variable by its name.</summary>
    public static string Variable(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? $"${name}"
            : $"${{{CodeGeneration.EscapeVariableName(name)}}}";

    /// <summary>Nothing that a terminal or a command line would act on.</summary>
    public static bool IsPrintable(string text) => text == Diagnostics.UntrustedText.ForTerminal(text);
}
