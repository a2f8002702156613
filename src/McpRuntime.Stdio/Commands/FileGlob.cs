using System.IO.Enumeration;

namespace McpRuntime.Stdio.Commands;

/// <summary>Expands globs that no shell expanded (quoted ones, and all on Windows).</summary>
internal static class FileGlob
{
    private static readonly EnumerationOptions Children = new()
    {
        MatchType = MatchType.Simple,
        IgnoreInaccessible = true,
    };

    /// <summary>
    /// The files of all patterns, each once, in the order of the patterns and sorted within one. A text that names
    /// nothing stays as it is, so that it is reported as missing.
    /// </summary>
    public static IEnumerable<string> Expand(IEnumerable<string> patterns)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            var files = IsPattern(pattern) && !File.Exists(pattern) ? Match(pattern) : [pattern];
            foreach (var file in files.Count == 0 ? [pattern] : files)
            {
                if (seen.Add(file))
                    yield return file;
            }
        }
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static List<string> Match(string pattern)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        var segments = pattern[root.Length..]
            .Split(
                [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
                StringSplitOptions.RemoveEmptyEntries
            );
        var files = new List<string>();
        Walk(root, segments, files);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Walk(string folder, ReadOnlySpan<string> segments, List<string> files)
    {
        var segment = segments[0];
        var rest = segments[1..];
        if (segment == "**")
        {
            // '**' is not a folder or any number of them; at the end it is every file below.
            Walk(folder, rest.IsEmpty ? ["*"] : rest, files);
            foreach (var child in Folders(folder, "*"))
                Walk(child, segments, files);
        }
        else if (rest.IsEmpty)
        {
            files.AddRange(
                IsPattern(segment) ? Names(folder, segment, Directory.EnumerateFiles)
                : File.Exists(Path.Combine(folder, segment)) ? [Path.Combine(folder, segment)]
                : []
            );
        }
        else
        {
            foreach (var child in IsPattern(segment) ? Folders(folder, segment) : [Path.Combine(folder, segment)])
                Walk(child, rest, files);
        }
    }

    // A link to a folder above would never end.
    private static IEnumerable<string> Folders(string folder, string pattern) =>
        Names(folder, pattern, Directory.EnumerateDirectories)
            .Where(child => new DirectoryInfo(child).LinkTarget is null);

    private static IEnumerable<string> Names(
        string folder,
        string pattern,
        Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate
    )
    {
        var place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place))
            return [];
        return enumerate(place, "*", Children)
            .Select(Path.GetFileName)
            .Where(name =>
                FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows())
            )
            .Select(name => Path.Combine(folder, name!));
    }
}
