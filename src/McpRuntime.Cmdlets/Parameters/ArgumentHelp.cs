using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>What a user reads about an argument.</summary>
internal static class ArgumentHelp
{
    private const int MaxTip = 200;

    /// <summary>
    /// One line for a list of completions: that it is required, and the first paragraph of its description.
    /// </summary>
    public static string Tip(OfferedArgument argument) =>
        UntrustedText.Shorten(
            (argument.IsRequired ? $"Required. {Words(argument)}" : Words(argument)).TrimEnd(),
            MaxTip
        );

    /// <summary>One line: the first paragraph of its description.</summary>
    public static string Summary(OfferedArgument argument) => UntrustedText.Shorten(Words(argument).TrimEnd(), MaxTip);

    private static string Words(OfferedArgument argument) =>
        UntrustedText.Clean(argument.Description.Split("\n\n", 2)[0]);
}
