using System.Reflection;
using System.Text.RegularExpressions;

namespace McpRuntime.Stdio.Sarif;

/// <summary>What a rule means.</summary>
/// <param name="Meaning">One or two sentences.</param>
/// <param name="Fix">What to do about it.</param>
internal sealed record RuleText(string Meaning, string Fix);

/// <summary>The tables of <c>docs/reference/rules.md</c>, which the program carries.</summary>
internal static partial class RuleCatalog
{
    private static readonly Lazy<Dictionary<string, RuleText>> Rules = new(Read);

    /// <summary>The page about rules, at the publisher's.</summary>
    public static string Page { get; } =
        typeof(RuleCatalog)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(metadata => metadata.Key == "Repository")
            .Value + "/blob/main/docs/reference/rules.md";

    /// <summary>Null for a rule that the page does not have.</summary>
    public static RuleText? Find(string id) => Rules.Value.GetValueOrDefault(id);

    private static Dictionary<string, RuleText> Read()
    {
        var rules = new Dictionary<string, RuleText>(StringComparer.Ordinal);
        using var reader = new StreamReader(typeof(RuleCatalog).Assembly.GetManifestResourceStream("rules.md")!);
        while (reader.ReadLine() is { } line)
        {
            if (Row().Match(line) is { Success: true } row)
                rules[row.Groups["id"].Value] = new RuleText(
                    Plain(row.Groups["meaning"].Value),
                    Plain(row.Groups["fix"].Value)
                );
        }
        return rules;
    }

    private static string Plain(string markdown) => Link().Replace(markdown, "${text}").Replace("`", "'");

    [GeneratedRegex(
        @"^\| <a id=""[^""]+""></a>`(?<id>[^`]+)` \| [^|]+ \| (?<meaning>.+?) \| (?<fix>.+?) \|$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\([^)]+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
