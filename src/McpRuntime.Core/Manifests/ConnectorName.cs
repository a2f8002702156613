using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;

namespace McpRuntime.Manifests;

/// <summary>
/// Connector names: npm's shape of package names, so that <c>@team/api</c> is the file <c>@team/api.yaml</c>.
/// </summary>
public static partial class ConnectorName
{
    public const int MaxLength = 100;

    public const string Pattern = "^(@[a-z][a-z0-9-._~]*/)?[a-z][a-z0-9-._~]*$";

    /// <summary>Extension of a manifest file in a connectors folder.</summary>
    public const string FileExtension = ".yaml";

    /// <summary>True for a name that fits <see cref="Pattern"/> and that every file system can hold.</summary>
    public static bool IsValid(string name) => Explain(name) is null;

    /// <summary>Why a name is refused and what would do; null for a good one.</summary>
    public static string? Explain(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return $"The connector name '{name}' has {CountText.Of(name.Length, "character")}; 1 to {MaxLength} are "
                + $"allowed.";
        if (!Shape().IsMatch(name) || name.EndsWith('\n'))
            return $"The connector name '{name}' must match {Pattern}: lower-case letters, digits and - . _ ~ after "
                + $"a first letter, e.g. 'petstore' or '@team/petstore'.";
        foreach (var part in name.TrimStart('@').Split('/'))
        {
            if (part.EndsWith('.'))
                return $"The connector name '{name}' must not end a part with '.': Windows drops it from file names.";
            if (IsWindowsDevice(part.Split('.')[0]))
                return $"The connector name '{name}' is the name of a Windows device; choose another, e.g. "
                    + $"'{name}-api'.";
        }
        return null;
    }

    /// <summary>The manifest's file below a connectors folder.</summary>
    public static string FileFor(string folder, string name) =>
        Path.Combine([folder, .. (name + FileExtension).Split('/')]);

    private static bool IsWindowsDevice(string stem) =>
        stem is "con" or "prn" or "aux" or "nul"
        || (
            stem.Length == 4
            && (stem.StartsWith("com", StringComparison.Ordinal) || stem.StartsWith("lpt", StringComparison.Ordinal))
            && char.IsAsciiDigit(stem[3])
        );

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
