using System.Collections.Frozen;

namespace McpRuntime.OpenApi.Paging;

/// <summary>
/// Names that APIs give to what pages are asked for with, in lower case and without anything but letters and digits.
/// </summary>
internal static class PagingWords
{
    /// <summary>Parameters that take a cursor; each counts only together with a field of the answer.</summary>
    public static readonly FrozenSet<string> Cursors = Set(
        "cursor nextcursor pagecursor aftercursor startcursor cursormark pagetoken nextpagetoken nexttoken starttoken "
            + "startingtoken continuationtoken continuation paginationtoken pagingtoken skiptoken resumptiontoken "
            + "resumetoken marker bookmark scrollid pagestate pageafter after afterid next nextpage nextpageid nextkey "
            + "pagekey startkey startingafter startafter exclusivestartkey offset fromid pageid start token "
            + "page"
    );

    /// <summary>Fields with the cursor of the next page.</summary>
    public static readonly FrozenSet<string> NextCursors = Set(
        "nextcursor cursornext nextpagecursor nextpagetoken nexttoken nextcontinuationtoken continuationtoken "
            + "paginationtoken nextpaginationtoken nextmarker nextkey nextpagekey nextpageid nextstartkey "
            + "nextstarttoken nextstart nextid nextposition "
            + "nextbookmark nextoffset nextskiptoken endcursor lastevaluatedkey "
            + "cursormark nextcursormark nextpage resumptiontoken nextpagingtoken"
    );

    /// <summary>
    /// The same, where the name alone could mean this page's own cursor: they count where the parameter has the same
    /// name, or in an object of cursors.
    /// </summary>
    public static readonly FrozenSet<string> OwnCursors = Set(
        "cursor marker bookmark pagetoken scrollid skiptoken continuation offset after next lastid pagestate token"
    );

    /// <summary>Fields with the URL of the next page, whatever their description says.</summary>
    public static readonly FrozenSet<string> NextUrls = Set(
        "odatanextlink nextlink nexturl nexturi nextpageurl nextpageuri nextpagelink nexthref nextpagepath"
    );

    /// <summary>Booleans that are false on the last page.</summary>
    public static readonly FrozenSet<string> More = Set(
        "hasmore hasnext hasnextpage hasmorepages hasmoreitems hasmoreresults more moreavailable moreresults morepages "
            + "moreitems hasadditional moretocome"
    );

    public static readonly FrozenSet<string> Pages = Set("page pagenumber pageno pagenum pagenr pageindex currentpage");

    public static readonly FrozenSet<string> Offsets = Set(
        "offset skip startindex startat start from resultoffset firstresult startoffset pageoffset"
    );

    public static readonly FrozenSet<string> Sizes = Set(
        "limit perpage pagesize pagelimit pagelen maxresults maxitems maxrecords maxpagesize size top take rows count "
            + "itemsperpage resultsperpage recordsperpage hitsperpage numresults num max first n pagecount amount"
    );

    /// <summary>Objects of an answer in which fields about pages are.</summary>
    public static readonly FrozenSet<string> Containers = Set(
        "meta metadata pagination paging pageinfo pageinformation pagedetails page pages pager links cursors cursor "
            + "next responsemetadata resultinfo navigation listmetadata resultset"
    );

    /// <summary>Objects of an answer in which the answer itself may be.</summary>
    public static readonly FrozenSet<string> Wrappers = Set("data result results response payload body d embedded");

    /// <summary>Names of lists, which tell the items from other lists of an answer.</summary>
    public static readonly FrozenSet<string> Lists = Set(
        "items data results result value values records entries list objects rows content elements resources hits docs "
            + "collection matches edges nodes"
    );

    /// <summary>Fields that only answers have that are one page of several.</summary>
    public static readonly FrozenSet<string> Totals = Set(
        "total totalcount totalresults totalitems totalelements totalrecords totalpages totalpage pagecount pages "
            + "lastpage numpages pagestotal totalrows totalnumber totalsize currentpage nextpage perpage pagesize page "
            + "offset limit"
    );

    /// <summary>Properties that tell items apart.</summary>
    public static readonly string[] Ids = ["id", "_id", "uuid", "guid", "sid", "gid"];

    /// <summary>A name as it is in these sets.</summary>
    public static string Plain(string name)
    {
        Span<char> plain = stackalloc char[64];
        var length = 0;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                continue;
            if (length == plain.Length)
                return name;
            plain[length++] = char.ToLowerInvariant(letter);
        }
        return plain[..length].ToString();
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
