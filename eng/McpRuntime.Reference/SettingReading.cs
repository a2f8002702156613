using System.Text.RegularExpressions;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Reference;

/// <summary>Asks the readers of the settings: which they read, and which values they allow.</summary>
internal static partial class SettingReading
{
    /// <summary>The variables with our prefix that the readers ask for.</summary>
    public static IReadOnlySet<string> Asked()
    {
        var asked = new SortedSet<string>(StringComparer.Ordinal);
        GatewaySettingsReader.Read(Ask, SettingsReader.Read(Ask));
        return asked;

        string? Ask(string name)
        {
            if (name.StartsWith(SettingValues.Prefix, StringComparison.Ordinal))
                asked.Add(name);
            return null;
        }
    }

    /// <summary>
    /// What the refusal of a wrong value says is expected, e.g. <c>a whole number from 1 to 100</c>; null where any text
    /// is read.
    /// </summary>
    public static string? Allowed(string variable)
    {
        var runtime = SettingsReader.Read(_ => null);
        return Problems(() => SettingsReader.Read(Wrong))
            .Concat(Problems(() => GatewaySettingsReader.Read(Wrong, runtime)))
            .Where(problem => problem.StartsWith(variable + " ", StringComparison.Ordinal))
            .Select(problem => Expected().Match(problem))
            .FirstOrDefault(match => match.Success)
            ?.Groups[1]
            .Value;

        string? Wrong(string name) => name == variable ? "?" : null;
    }

    private static IReadOnlyList<string> Problems(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (SettingsException refused)
        {
            return refused.Problems;
        }
    }

    // Up to what the message says about this very value.
    [GeneratedRegex(@"expected (.+?)(?:, and this one .*)?\.$")]
    private static partial Regex Expected();
}
