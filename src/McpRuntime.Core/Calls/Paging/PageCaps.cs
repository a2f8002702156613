namespace McpRuntime.Calls.Paging;

/// <summary>Where the pages of one call end at the latest; null for no bound.</summary>
/// <param name="Items">Items over all pages.</param>
/// <param name="Pages">Requests for pages.</param>
/// <param name="Bytes">Bytes of the items over all pages.</param>
public sealed record PageCaps(long? Items = null, int? Pages = null, long? Bytes = null)
{
    public static PageCaps None { get; } = new();
}
