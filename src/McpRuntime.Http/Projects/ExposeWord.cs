using McpRuntime.Configuration;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary>What clients see, as a word: <c>all</c>, <c>search</c> or <c>auto</c>.</summary>
internal static class ExposeWord
{
    public static string? Of(ToolExposure? exposure) =>
        exposure switch
        {
            ToolExposure.All => "all",
            ToolExposure.Search => "search",
            ToolExposure.Auto => "auto",
            _ => null,
        };

    /// <summary>Null for an empty word.</summary>
    /// <exception cref="ProblemException">It is another word.</exception>
    public static ToolExposure? Read(string? word) =>
        word switch
        {
            null or "" => null,
            "all" => ToolExposure.All,
            "search" => ToolExposure.Search,
            "auto" => ToolExposure.Auto,
            _ => throw new ProblemException(Problem.Invalid("'expose' must be 'all', 'search' or 'auto'.")),
        };
}
