using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Manifests;

/// <summary>How the next page of a list is asked for.</summary>
public enum PagingStyle
{
    /// <summary>By the URL of <c>rel="next"</c> in the Link header field (RFC 8288).</summary>
    Link,

    /// <summary>By a URL in the answer (OData, HAL and many others).</summary>
    NextUrl,

    /// <summary>By a cursor or token in the answer, which becomes an argument.</summary>
    Cursor,

    /// <summary>By the id of the page's last item, which becomes an argument.</summary>
    LastItem,

    /// <summary>By the number of the page.</summary>
    Page,

    /// <summary>By the number of items to leave out.</summary>
    Offset,

    /// <summary>The tool has one page, whatever an import would say.</summary>
    None,
}

/// <summary>
/// How a tool's answer goes on: where its items are, and how the next page is asked for. An import writes what it
/// recognises; what a user wrote or changed stays.
/// </summary>
public sealed record ToolPagination
{
    public required PagingStyle Style { get; init; }

    /// <summary>
    /// The argument that takes the cursor, the page or the offset; null where the style has none.
    /// </summary>
    public string? Parameter { get; init; }

    /// <summary>JSON pointer (RFC 6901) to the list in the answer; empty for an answer that is the list.</summary>
    public string Items { get; init; } = "";

    /// <summary>JSON pointer to the cursor or the URL of the next page.</summary>
    public string? Next { get; init; }

    /// <summary>JSON pointer to a boolean that is false on the last page.</summary>
    public string? More { get; init; }

    /// <summary>The item's property that tells items apart; null where nothing does.</summary>
    public string? Id { get; init; }

    /// <summary>Number of the first page, or of the first item; null where the document does not say.</summary>
    public long? First { get; init; }

    /// <summary>The argument that takes the number of items of a page.</summary>
    public string? PageSize { get; init; }

    /// <summary>The largest <see cref="PageSize"/> that the document allows; null where it does not say.</summary>
    public long? MaxPageSize { get; init; }

    /// <summary>
    /// Fingerprint of the other members as an import wrote them; where it does not fit, a user changed them.
    /// </summary>
    public string? Imported { get; init; }

    /// <summary>Nothing but an import wrote this.</summary>
    internal bool IsAsImported => Imported is not null && Imported == Fingerprint();

    /// <summary>The same, with the fingerprint of an import.</summary>
    internal ToolPagination AsImported() => this with { Imported = Fingerprint() };

    private string Fingerprint()
    {
        var text = string.Join(
            '\n',
            Style.ToString(),
            Parameter,
            Items,
            Next,
            More,
            Id,
            First?.ToString(CultureInfo.InvariantCulture),
            PageSize,
            MaxPageSize?.ToString(CultureInfo.InvariantCulture)
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }
}
