using System.Text.RegularExpressions;

namespace McpRuntime.OpenApi.Paging;

/// <summary>What the document says about the numbers of pages or items.</summary>
internal static partial class CountedFrom
{
    /// <summary>The number of the first one, 0 or 1; null where the document does not say.</summary>
    public static long? Of(PageParameter parameter)
    {
        if (ZeroBased().IsMatch(parameter.Words))
            return 0;
        if (OneBased().IsMatch(parameter.Words))
            return 1;
        // A minimum of 0 is often a habit, one of 1 never is.
        if (parameter.Number("minimum"u8) is 1)
            return 1;
        return parameter.Number("default"u8) is 0 or 1 ? parameter.Number("default"u8) : null;
    }

    /// <summary>An offset that may count pages instead of items.</summary>
    public static bool IsAboutPages(PageParameter offset) =>
        (offset.Plain == "pageoffset" || offset.Words.Contains("page", StringComparison.Ordinal))
        && !Items().IsMatch(offset.Words);

    /// <summary>A page of a list, as its description says.</summary>
    public static bool IsOfList(PageParameter page) => ListPage().IsMatch(page.Words);

    [GeneratedRegex(
        @"paginat|collection page|page (?:number )?of (?:the )?(?:results|items|list)|results? page|per page"
    )]
    private static partial Regex ListPage();

    [GeneratedRegex(
        @"\b(?:zero|0)[- ]?(?:based|indexed)|\b(?:starts?|begins?|starting|beginning)\s+(?:at|from|with)\s+(?:zero|0)\b"
            + @"|first page is (?:zero|0)\b"
    )]
    private static partial Regex ZeroBased();

    [GeneratedRegex(
        @"\b(?:one|1)[- ]?(?:based|indexed)|\b(?:starts?|begins?|starting|beginning)\s+(?:at|from|with)\s+(?:one|1)\b"
            + @"|first page is (?:one|1)\b"
    )]
    private static partial Regex OneBased();

    [GeneratedRegex(@"item|record|result|row|entr|object|element|resource|number of|index of the first|skip")]
    private static partial Regex Items();
}
