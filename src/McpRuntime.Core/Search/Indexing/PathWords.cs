using McpRuntime.Manifests;

namespace McpRuntime.Search.Indexing;

/// <summary>The words of a path by what they are.</summary>
internal sealed class PathWords
{
    private PathWords() { }

    public static PathWords Empty { get; } = new();

    public string? Method { get; private init; }

    /// <summary>The segments that are not arguments, without versions and file extensions.</summary>
    public IReadOnlyList<string> Segments { get; private init; } = [];

    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>The path ends with an argument: it is about one thing of a collection.</summary>
    public bool EndsWithArgument { get; private init; }

    public static PathWords Of(string? endpoint)
    {
        if (endpoint is null || !EndpointTemplate.TryParse(endpoint, out var template))
            return Empty;
        var segments = new List<string>();
        var arguments = new List<string>();
        var ends = false;
        foreach (var segment in template.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = WithoutExtension(segment);
            ends = plain[0] == '{';
            if (ends)
                arguments.Add(plain.Trim('{', '}'));
            else if (!IsVersion(plain))
                segments.Add(plain);
        }
        if (template.Fragment is { } fragment)
            segments.Add(fragment);
        return new PathWords
        {
            Method = template.Method,
            Segments = segments,
            Arguments = arguments,
            EndsWithArgument = ends,
        };
    }

    private static string WithoutExtension(string segment) =>
        segment.EndsWith(".json", StringComparison.Ordinal) && segment.Length > 5 ? segment[..^5]
        : segment.EndsWith(".xml", StringComparison.Ordinal) && segment.Length > 4 ? segment[..^4]
        : segment;

    // 'v1', '2010-04-01', '3', 'v1beta1', 'rest', 'api'.
    private static bool IsVersion(string segment) =>
        segment is "api" or "apis" or "rest"
        || segment.All(c => char.IsAsciiDigit(c) || c is '-' or '.')
        || (segment.Length is > 1 and < 9 && segment[0] == 'v' && char.IsAsciiDigit(segment[1]));
}
