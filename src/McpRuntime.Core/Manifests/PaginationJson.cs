namespace McpRuntime.Manifests;

/// <summary>Writes <c>pagination</c>.</summary>
internal static class PaginationJson
{
    public static void Write(ManifestJsonWriter writer, ToolPagination? paging)
    {
        if (paging is null)
            return;
        writer.Key("pagination");
        writer.BeginObject();
        writer.Member("style", ManifestWords.PagingStyles[(int)paging.Style]);
        writer.Member("parameter", paging.Parameter);
        writer.Member("items", paging.Items.Length == 0 ? null : paging.Items);
        writer.Member("next", paging.Next);
        writer.Member("more", paging.More);
        writer.Member("id", paging.Id);
        writer.Member("first", paging.First);
        writer.Member("page_size", paging.PageSize);
        writer.Member("max_page_size", paging.MaxPageSize);
        writer.Member("imported", paging.Imported);
        writer.EndObject();
    }
}
