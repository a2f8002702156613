using System.Buffers;
using System.Management.Automation.Language;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>Text as an argument on a command line of PowerShell.</summary>
internal static class PowerShellText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~/");

    /// <summary>The text as it is where it stays text, else in single quotes.</summary>
    /// <remarks>
    /// A dash in front would make it a parameter, and digits a number: in a list 01 becomes 1. PowerShell takes some other
    /// quotation marks for its own, too.
    /// </remarks>
    public static string Quote(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '/') && !text.AsSpan().ContainsAnyExcept(Plain)
            ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>A JSON value as an argument; null for objects and arrays.</summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "$true",
        JsonValueKind.False => "$false",
        JsonValueKind.Null => "$null",
        _ => null,
    };

    /// <summary>Nothing that a terminal or a command line would act on.</summary>
    public static bool IsPrintable(string text) => text == Diagnostics.UntrustedText.ForTerminal(text);
}
