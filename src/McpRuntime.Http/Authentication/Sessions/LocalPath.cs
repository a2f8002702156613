namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>
/// Where a browser comes back to after it signed in. Anyone may have made the link that says so, and it must lead to no
/// other site.
/// </summary>
internal static class LocalPath
{
    private const int Longest = 1000;

    /// <summary>
    /// A path of this gateway with a query, as browsers read it: they take <c>//</c> and <c>/\</c> for the begin of
    /// a host, and leave out tabs and line breaks.
    /// </summary>
    public static bool Is(string text) =>
        text.Length is > 0 and <= Longest
        && text[0] == '/'
        && (text.Length == 1 || text[1] != '/')
        && text.All(letter => letter is > ' ' and < '\u007f' and not '\\');
}
