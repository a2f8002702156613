namespace McpRuntime.ShellCompletion;

/// <summary>A word of a PowerShell command line.</summary>
internal static class PowerShellQuotes
{
    /// <summary>
    /// As it is where PowerShell reads it so, else in single quotes, in which only they are special: PowerShell takes
    /// typographic ones for them too.
    /// </summary>
    public static string Quote(string value)
    {
        // What follows a closing quote would be another word, so that NAME= has none.
        if (value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or '='))
            return value;
        return $"'{string.Concat(value.Select(letter => IsSingleQuote(letter) ? $"{letter}{letter}" : $"{letter}"))}'";
    }

    private static bool IsSingleQuote(char letter) => letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';
}
