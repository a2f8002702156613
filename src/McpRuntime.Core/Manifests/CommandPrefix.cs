namespace McpRuntime.Manifests;

/// <summary>
/// Prefix of a connector's PowerShell commands, such as <c>Gh</c> in <c>Get-GhRepoIssue</c>: it keeps names that a
/// document chooses apart from the commands of PowerShell and of other modules.
/// </summary>
public static class CommandPrefix
{
    public const int MaxLength = 20;

    public const string Pattern = "^[A-Z][A-Za-z0-9]{0,19}$";

    public static bool IsValid(string prefix) => Explain(prefix) is null;

    /// <summary>Why a prefix is refused and what would do; null for a good one.</summary>
    public static string? Explain(string prefix) =>
        prefix is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterUpper(prefix[0])
        && prefix.All(char.IsAsciiLetterOrDigit)
            ? null
            : $"The command prefix '{prefix}' must match {Pattern}: up to {MaxLength} letters and digits after an "
                + "upper-case letter, e.g. 'Gh'.";
}
