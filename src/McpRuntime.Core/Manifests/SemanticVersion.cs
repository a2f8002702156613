using System.Text.RegularExpressions;

namespace McpRuntime.Manifests;

/// <summary>Versions of connectors: SemVer 2.0, by the expression that its specification suggests.</summary>
internal static partial class SemanticVersion
{
    private const string Number = @"(0|[1-9]\d*)";
    private const string Label = @"(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private const string Build = "[0-9a-zA-Z-]+";

    public static bool IsValid(string text) => Whole().IsMatch(text);

    // https://semver.org/spec/v2.0.0.html; \d is an ASCII digit here.
    [GeneratedRegex(
        @$"^{Number}\.{Number}\.{Number}(-{Label}(\.{Label})*)?(\+{Build}(\.{Build})*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript
    )]
    private static partial Regex Whole();
}
