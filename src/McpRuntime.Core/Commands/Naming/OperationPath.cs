using System.Text.RegularExpressions;
using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>What a path says about its resource: the literal parts, without versions and the like.</summary>
/// <param name="Segments">Its literal parts.</param>
/// <param name="Version">The version in the path, as a part of a noun; empty where there is none.</param>
internal sealed partial record OperationPath(IReadOnlyList<PathSegment> Segments, string Version)
{
    private const int MostSegments = 16;
    private const int MostWords = 12;

    /// <summary>The path ends with an argument: one item of a collection.</summary>
    internal bool IsItem => Segments is [.., { HasItem: true }];

    internal static OperationPath Parse(string path, WordForms forms)
    {
        var parts = Extension().Replace(path, "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var segments = new List<PathSegment>();
        var version = "";
        for (var i = 0; i < parts.Length; i++)
        {
            if (VersionPart().IsMatch(parts[i]))
                version = string.Concat(NameParts.Split(parts[i]).Select(NameParts.Pascal));
            else
                Add(segments, parts[i], i == parts.Length - 1, forms);
        }
        // The work must not grow with the square of what a document says.
        if (segments.Count > MostSegments)
            segments.RemoveRange(MostSegments / 2, segments.Count - MostSegments);
        return new OperationPath(
            segments.Any(each => each is { IsMethod: false, Noun: not ("Api" or "Rest") })
                ? [.. segments.Where(each => each.Noun is not ("Api" or "Rest"))]
                : segments,
            version
        );
    }

    private static void Add(List<PathSegment> segments, string part, bool isLast, WordForms forms)
    {
        var position = 0;
        foreach (var argument in Argument().EnumerateMatches(part))
        {
            AddLiteral(segments, part[position..argument.Index], isLast: false, forms);
            if (segments is [.., { } last])
                segments[^1] = last with { HasItem = true };
            position = argument.Index + argument.Length;
        }
        AddLiteral(segments, part[position..], isLast, forms);
    }

    private static void AddLiteral(List<PathSegment> segments, string text, bool isLast, WordForms forms)
    {
        // A method of a resource, as in RPC; elsewhere dots are those of host names: rbac.authorization.k8s.io.
        var host = Host().Match(text);
        var separator = text.LastIndexOfAny(isLast && !host.Success ? [':', '.'] : [':']);
        if (separator >= 0 && text[(separator + 1)..] is { Length: > 0 } method && char.IsAsciiLetter(method[0]))
        {
            foreach (var owner in text[..separator].Split(':', '.'))
                AddWords(segments, owner, isMethod: false, forms);
            AddWords(segments, method, isMethod: true, forms);
        }
        else
            AddWords(segments, host.Success ? host.Groups[1].Value : text, isMethod: false, forms);
    }

    private static void AddWords(List<PathSegment> segments, string text, bool isMethod, WordForms forms)
    {
        var words = text.Split('-', '_')
            .Where(part => !IsKey(part))
            .SelectMany(part => NameParts.Split(part))
            .Take(MostWords)
            .ToList();
        if (words.Count > 0)
            segments.Add(PathSegment.Of(words, forms) with { IsMethod = isMethod });
    }

    // securityClassification-6VMVochwUWo
    private static bool IsKey(string part) =>
        part.Length >= 8
        && part.Any(char.IsAsciiDigit)
        && part.Any(char.IsAsciiLetterLower)
        && part.Skip(1).Count(char.IsAsciiLetterUpper) > 2;

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();

    [GeneratedRegex(@"\.(json|xml|yaml|yml|csv|html|txt)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Extension();

    [GeneratedRegex(
        @"^(v\d+([._]\d+)*([._-]?(alpha|beta|rc|preview)\d*)?|\d+(\.\d+)*|\d{4}-\d\d(-\d\d)?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex VersionPart();

    [GeneratedRegex(@"^([A-Za-z0-9-]+)(\.[A-Za-z0-9-]+)*\.(io|com|org|net|dev)$", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
