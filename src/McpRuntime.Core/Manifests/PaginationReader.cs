using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>pagination</c>.</summary>
internal static class PaginationReader
{
    private static readonly string[] Keys =
    [
        "style",
        "parameter",
        "items",
        "next",
        "more",
        "id",
        "first",
        "page_size",
        "max_page_size",
        "imported",
    ];

    public static ToolPagination? Read(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        var paging = new ToolPagination { Style = PagingStyle.None };
        var hasStyle = false;
        foreach (var property in value.EnumerateObject())
        {
            if (fields.At(property) == "style")
            {
                hasStyle = true;
                if (fields.NeededWord(property.Value, ManifestWords.PagingStyles) is { } style)
                    paging = paging with { Style = (PagingStyle)style };
            }
            else
            {
                paging = ReadMember(fields, paging, property.Name, property.Value);
            }
        }
        if (!hasStyle)
            fields.Missing("style", "'pagination'");
        fields.Leave();
        return paging;
    }

    private static ToolPagination ReadMember(
        ManifestFields fields,
        ToolPagination paging,
        string name,
        JsonElement value
    )
    {
        switch (name)
        {
            case "parameter":
                return paging with { Parameter = fields.Text(value) };
            case "items":
                return paging with { Items = Pointer(fields, value) ?? "" };
            case "next":
                return paging with { Next = Pointer(fields, value) };
            case "more":
                return paging with { More = Pointer(fields, value) };
            case "id":
                return paging with { Id = fields.Text(value) };
            case "first":
                return paging with { First = fields.Whole(value, 0, 1) };
            case "page_size":
                return paging with { PageSize = fields.Text(value) };
            case "max_page_size":
                return paging with { MaxPageSize = fields.Whole(value, 1, int.MaxValue) };
            case "imported":
                return paging with { Imported = fields.Text(value) };
            default:
                fields.Unknown(name, "'pagination'", Keys);
                return paging;
        }
    }

    private static string? Pointer(ManifestFields fields, JsonElement value)
    {
        if (fields.Text(value) is not { } text || text.Length == 0 || text[0] == '/')
            return fields.Text(value);
        fields.Error(
            ManifestRules.Value,
            $"'{text}' is not a JSON pointer (RFC 6901); it starts with '/', such as '/{text.Replace('.', '/')}'."
        );
        return null;
    }
}
