namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>Parameters of commands whose tools answer in pages.</summary>
internal static class PageParameterNames
{
    public const string First = "First";
    public const string Skip = "Skip";
    public const string All = "All";

    public static IReadOnlyList<string> Names { get; } = [First, Skip, All];
}
