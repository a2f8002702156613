using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>What a user reads about an argument.</summary>
internal static class ArgumentHelp
{
    private const int MaxTip = 200;

    /// <summary>
    /// One line for a list of completions: that it is required, and the first paragraph of its description.
    /// </summary>
    public static string Tip(OfferedArgument argument)
    {
        var words = UntrustedText.Clean(argument.Description.Split("\n\n", 2)[0]);
        var text = argument.IsRequired ? $"Required. {words}" : words;
        return UntrustedText.Shorten(text.TrimEnd(), MaxTip);
    }
}
