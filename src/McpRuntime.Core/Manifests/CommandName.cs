using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using McpRuntime.Diagnostics;

namespace McpRuntime.Manifests;

/// <summary>
/// Name of the PowerShell command of a tool: <c>Get-RepoIssue</c>, without the connector's prefix, which always stands
/// before the noun (<see cref="WithPrefix"/>).
/// </summary>
/// <param name="Verb">One of PowerShell's approved verbs, spelled as there.</param>
/// <param name="Noun"><c>^[A-Z][A-Za-z0-9]*$</c>, at most <see cref="MaxNounLength"/> characters.</param>
public sealed record CommandName(string Verb, string Noun)
{
    public const int MaxNounLength = 60;

    /// <summary>Reads <c>Verb-Noun</c>; null where it is not a command name.</summary>
    public static CommandName? TryParse(string? text) =>
        text is not null && TryParse(text, out var name, out _) ? name : null;

    /// <summary>Reads <c>Verb-Noun</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name, with the verb spelled as PowerShell does.</param>
    /// <param name="problem">What is wrong with the text, and what would be right.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out CommandName? name,
        [NotNullWhen(false)] out string? problem
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        name = null;
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
        {
            problem = $"The command '{text}' must be a verb, a hyphen and a noun, e.g. 'Get-RepoIssue'.";
            return false;
        }
        var (verb, noun) = (text[..hyphen], text[(hyphen + 1)..]);
        if (CommandVerbs.Approved(verb) is not { } approved)
        {
            problem =
                $"The command '{text}' has the verb '{verb}', which is not one of PowerShell's approved verbs "
                + $"(Get-Verb lists them).{CommandVerbs.DidYouMean(verb)}";
            return false;
        }
        problem = ExplainNoun(text, noun);
        if (problem is not null)
            return false;
        name = new CommandName(approved, noun);
        return true;
    }

    /// <summary>The name as PowerShell knows it, e.g. <c>Get-GhRepoIssue</c>.</summary>
    public string WithPrefix(string prefix) => $"{Verb}-{prefix}{Noun}";

    /// <summary>Command names are equal whatever their case is, as in PowerShell.</summary>
    public bool Equals(CommandName? other) =>
        other is not null
        && string.Equals(Verb, other.Verb, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Noun, other.Noun, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() =>
        HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(Verb),
            StringComparer.OrdinalIgnoreCase.GetHashCode(Noun)
        );

    public override string ToString() => $"{Verb}-{Noun}";

    private static string? ExplainNoun(string text, string noun) =>
        noun.Length > MaxNounLength
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The noun of the command '{text}' has {CountText.Of(noun.Length, "character")}; at most "
                    + $"{MaxNounLength} are allowed."
            )
        : noun.Length == 0 || !char.IsAsciiLetterUpper(noun[0]) || !noun.All(char.IsAsciiLetterOrDigit)
            ? $"The noun of the command '{text}' must match ^[A-Z][A-Za-z0-9]*$: letters and digits after an "
                + "upper-case letter, e.g. 'RepoIssue'."
        : null;
}
