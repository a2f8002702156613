using System.Text.RegularExpressions;
using McpRuntime.Http.Access;

namespace McpRuntime.Http.Tokens;

/// <summary>
/// What a user asks for when a token is made, checked the same way on the command line and over HTTP.
/// </summary>
/// <param name="Name">What to call it.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Days">For how many days; null for ever.</param>
/// <param name="Projects">Patterns of projects that it is limited to; none for no limit but that of its roles.</param>
internal sealed partial record TokenRequest(
    string Name,
    IReadOnlyList<string> Roles,
    int? Days,
    IReadOnlyList<string> Projects
)
{
    private const int MostProjects = 50;

    public const int LongestName = 100;
    public const int MostDays = 3650;

    /// <summary>Where nothing else is asked for.</summary>
    public const int DefaultDays = 90;

    public TimeSpan? Lifetime => Days is { } days ? TimeSpan.FromDays(days) : null;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault(RoleBook roles)
    {
        if (Name.Length is 0 or > LongestName)
            return $"A token needs a name of at most {LongestName} characters.";
        if (Roles.Count == 0)
            return $"A token needs a role, one of {string.Join(", ", roles.Names)}.";
        if (Projects.Count > MostProjects)
            return $"A token takes up to {MostProjects} patterns of projects.";
        if (
            Projects.FirstOrDefault(pattern => !ProjectPattern().IsMatch(pattern) || pattern.EndsWith('\n')) is
            { } wrong
        )
            return $"'{Diagnostics.UntrustedText.Clean(wrong)}' is not a pattern of projects; it takes names such as "
                + $"'support', with * and ?.";
        return Roles.FirstOrDefault(role => !roles.Has(role)) is { } unknown
            ? $"There is no role '{Diagnostics.UntrustedText.Clean(unknown)}'; roles are "
                + $"{string.Join(", ", roles.Names)}."
            : null;
    }

    [GeneratedRegex("^[a-z0-9*?-]{1,50}$", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectPattern();
}
