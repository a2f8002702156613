using System.Globalization;
using System.Management.Automation.Language;
using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Requests;

/// <summary>
/// Strings of PowerShell that mean exactly a text, and that a terminal takes as they are when they are pasted.
/// </summary>
internal static class PowerShellString
{
    /// <summary>In single quotes where every character can be shown, else in double quotes with escapes.</summary>
    public static string Of(string text) =>
        IsShown(text) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'" : $"\"{Expandable(text)}\"";

    /// <summary>A text within double quotes, next to variables.</summary>
    public static string Expandable(string text)
    {
        var quoted = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => quoted.Append("`n"),
                '\r' => quoted.Append("`r"),
                '\t' => quoted.Append("`t"),
                // PowerShell takes some other quotation marks for its own, too.
                '`' or '$' or '"' or '\u201C' or '\u201D' or '\u201E' => quoted.Append('`').Append(rune),
                _ => IsShown(rune.ToString())
                    ? quoted.Append(rune)
                    : quoted.Append(CultureInfo.InvariantCulture, $"`u{{{rune.Value:X}}}"),
            };
        }
        return quoted.ToString();
    }

    private static bool IsShown(string text) => UntrustedText.ForTerminal(text) == text;
}
