using System.Text.RegularExpressions;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The version of a module for that of a connector, which may be any text.</summary>
internal static partial class ModuleVersion
{
    private static readonly Version Unknown = new(0, 0, 1);

    /// <summary>The first numbers with dots in it: 1.2.3 of v1.2.3-beta; 0.0.1 where it has none.</summary>
    public static Version Of(string connectorVersion)
    {
        var numbers = Numbers().Match(connectorVersion).Value;
        return Version.TryParse(
            numbers.Contains('.', StringComparison.Ordinal) ? numbers : numbers + ".0",
            out var version
        )
            ? InThreeParts(version)
            : Unknown;
    }

    /// <summary>As packages have it: 1.2.0 for 1.2.</summary>
    public static Version InThreeParts(Version version) =>
        version.Build < 0 ? new Version(version.Major, version.Minor, 0) : version;

    [GeneratedRegex(@"[0-9]+(\.[0-9]+){0,3}", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
