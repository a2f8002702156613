using McpRuntime.Search.Indexing;
using McpRuntime.Search.Requests;

namespace McpRuntime.Search.Ranking;

/// <summary>Names what gave a score.</summary>
internal static class ExplanationText
{
    private static readonly string[] Fields =
    [
        "name",
        "resource",
        "path",
        "path arguments",
        "tags",
        "title",
        "sentence",
        "description",
        "arguments",
        "choices",
        "connector",
    ];

    public static WordScore Of(RequestTerm term, WordMatch match, double most) =>
        new(
            term.Text,
            string.Join(' ', match.Meaning!.Stems),
            match.Meaning.Origin.ToString().ToLowerInvariant(),
            [
                .. Enum.GetValues<Field>()
                    .Where(field => (match.Fields & (1 << (int)field)) != 0)
                    .Select(field => Fields[(int)field]),
            ],
            match.Value * term.Weight / most
        );
}
