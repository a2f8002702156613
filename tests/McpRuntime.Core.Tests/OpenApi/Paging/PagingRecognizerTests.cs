using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.Validation;
using static McpRuntime.Tests.OpenApi.Importing;

namespace McpRuntime.Tests.OpenApi.Paging;

/// <summary>How operations page, as their documents say it.</summary>
public class PagingRecognizerTests
{
    private const string Items = "type: array, items: { type: object, properties: { id: { type: string } } }";

    [Fact]
    public async Task Link_header() =>
        Assert.Equal(
            new ToolPagination
            {
                Style = PagingStyle.Link,
                Id = "id",
                PageSize = "per_page",
                MaxPageSize = 100,
            },
            await RecogniseAsync(
                Parameters("page: integer", "per_page: integer", sizeWords: "Results per page (max 100)."),
                Items,
                "headers: { Link: { schema: { type: string } } },"
            )
        );

    [Theory]
    [InlineData("'@odata.nextLink': { type: string }, value: { ITEMS }", "/@odata.nextLink", "/value")]
    [InlineData(
        "_links: { type: object, properties: { next: { type: object, properties: { href: { type: string } } } } }, "
            + "_embedded: { type: object, properties: { things: { ITEMS } } }",
        "/_links/next/href",
        "/_embedded/things"
    )]
    [InlineData("results: { ITEMS }, next: { type: [string, 'null'], format: uri }", "/next", "/results")]
    [InlineData("data: { ITEMS }, links: { properties: { next: { type: string } } }", "/links/next", "/data")]
    [InlineData("things: { ITEMS }, next_page_uri: { type: string }", "/next_page_uri", "/things")]
    public async Task Url_in_the_answer(string properties, string next, string items)
    {
        var paging = await RecogniseAsync("", Answer(properties));
        Assert.Equal((PagingStyle.NextUrl, next, items, "id"), (paging!.Style, paging.Next, paging.Items, paging.Id));
    }

    [Theory]
    [InlineData("cursor: string", "items: { ITEMS }, next_cursor: { type: string }", "/next_cursor", "/items")]
    [InlineData("pageToken: string", "files: { ITEMS }, nextPageToken: { type: string }", "/nextPageToken", "/files")]
    [InlineData("cursor: string", "payments: { ITEMS }, cursor: { type: string }", "/cursor", "/payments")]
    [InlineData(
        "pagination_token: string",
        "data: { ITEMS }, errors: { ITEMS }, meta: { properties: { next_token: { type: string } } }",
        "/meta/next_token",
        "/data"
    )]
    [InlineData(
        "after: string",
        "results: { ITEMS }, paging: { properties: { next: { properties: { after: { type: string } } } } }",
        "/paging/next/after",
        "/results"
    )]
    public async Task Cursor_in_the_answer(string parameter, string properties, string next, string items)
    {
        var paging = await RecogniseAsync(Parameters(parameter), Answer(properties));
        Assert.Equal(
            (PagingStyle.Cursor, parameter.Split(':')[0], next, items),
            (paging!.Style, paging.Parameter, paging.Next, paging.Items)
        );
    }

    [Fact]
    public async Task Id_of_the_last_item() =>
        Assert.Equal(
            new ToolPagination
            {
                Style = PagingStyle.LastItem,
                Parameter = "starting_after",
                Items = "/data",
                More = "/has_more",
                Id = "id",
            },
            await RecogniseAsync(
                Parameters("starting_after: string", "ending_before: string"),
                Answer("data: { ITEMS }, has_more: { type: boolean }")
            )
        );

    [Theory]
    [InlineData("page: integer", "Pages start at 0.", PagingStyle.Page, 0L)]
    [InlineData("page: integer", "1-based.", PagingStyle.Page, 1L)]
    [InlineData("page: integer", "", PagingStyle.Page, null)]
    [InlineData("offset: integer", "Items to skip.", PagingStyle.Offset, null)]
    [InlineData("startIndex: integer", "The 1-based index of the first result.", PagingStyle.Offset, 1L)]
    public async Task Numbers(string parameter, string words, PagingStyle style, long? first)
    {
        var paging = await RecogniseAsync(Parameters(parameter, "limit: integer", words), Items);
        Assert.Equal((style, first, "limit"), (paging!.Style, paging.First, paging.PageSize));
    }

    [Theory]
    // No list, no way to the next page, a time, a page of a book.
    [InlineData("page: integer|limit: integer", "type: object, properties: { name: { type: string } }")]
    [InlineData("limit: integer", "ITEMS")]
    [InlineData("start: integer|end: integer|limit: integer", "ITEMS")]
    [InlineData("page: integer", "ITEMS")]
    [InlineData("cursor: string", "type: object, properties: { items: { ITEMS } }")]
    [InlineData("after: string", "ITEMS")]
    public async Task Nothing_where_nothing_is_clear(string parameters, string schema) =>
        Assert.Null(await RecogniseAsync(Parameters(parameters.Split('|')), schema.Replace("ITEMS", Items)));

    [Fact]
    public async Task Several_lists_are_reported()
    {
        var result = await ImportAsync(
            Operation(
                Parameters("cursor: string"),
                Answer("cats: { ITEMS }, dogs: { ITEMS }, next_cursor: { type: string }")
            )
        );
        Assert.Null(Assert.Single(result.Manifest!.Tools).Pagination);
        var finding = Assert.Single(result.Findings);
        Assert.Equal("pagination", finding.RuleId);
        Assert.Contains("cats, dogs", finding.Message, StringComparison.Ordinal);
        Assert.Contains("'pagination' in the manifest", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_in_the_manifest_and_edits_of_it_stay()
    {
        var document = Operation(Parameters("page: integer", "limit: integer"), Items);
        var imported = await ImportAsync(document);
        Assert.Equal([KeyValuePair.Create("page", 1)], imported.Pagination);
        var read = Reread(imported.Manifest!);
        Assert.Equal(imported.Manifest!.Tools[0].Pagination, read.Tools[0].Pagination);
        Assert.Empty(ImportMerge.Merge(read, imported).Kept);

        var edited = Reread(
            read with
            {
                Tools = [read.Tools[0] with { Pagination = read.Tools[0].Pagination! with { First = 0 } }],
            }
        );
        var merged = ImportMerge.Merge(edited, imported);
        Assert.Equal(0, merged.Import.Manifest!.Tools[0].Pagination!.First);
        Assert.Equal(("pagination", "page"), Assert.Single(merged.Kept) is var kept ? (kept.What, kept.Kept) : default);
    }

    [Fact]
    public void What_is_wrong_with_it_is_reported()
    {
        var read = ManifestReader.Read(
            """
            connector: { manifest_version: 2, name: a, base_url: 'https://a.test', tools: [
              { name: b, endpoint: GET /b, input_schema: { type: object },
                pagination: { items: data.items, nxt: /n } } ] }
            """u8.ToArray(),
            "m.yaml"
        );
        Assert.Contains(read.Findings, finding => finding.Message.Contains("'/data/items'", StringComparison.Ordinal));
        Assert.Contains(read.Findings, finding => finding.Message.Contains("'next'", StringComparison.Ordinal));
        Assert.Contains(read.Findings, finding => finding.Message.Contains("'style'", StringComparison.Ordinal));
    }

    private static ConnectorManifest Reread(ConnectorManifest manifest) =>
        ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").Manifest!;

    private static async Task<ToolPagination?> RecogniseAsync(string parameters, string schema, string headers = "")
    {
        var paging = (await ImportToolAsync(Operation(parameters, schema, headers))).Pagination;
        Assert.True(paging is null or { IsAsImported: true });
        return paging is null ? null : paging with { Imported = null };
    }

    private static string Operation(string parameters, string schema, string headers = "") =>
        Document(
            $$"""
            parameters: [ {{parameters}} ],
            responses: { '200': { description: ok, {{headers}} content: { application/json: { schema: { {{schema}} } } } } }
            """
        );

    private static string Answer(string properties) =>
        $"type: object, properties: {{ {properties.Replace("ITEMS", Items, StringComparison.Ordinal)} }}";

    private static string Parameters(params string[] all) => Parameters(all, "", "");

    private static string Parameters(string first, string second, string words = "", string sizeWords = "") =>
        Parameters([first, second], words, sizeWords);

    private static string Parameters(string[] all, string words, string sizeWords) =>
        string.Join(
            ", ",
            all.Select(
                (each, index) =>
                    $"{{ in: query, name: {each.Split(':')[0]}, schema: {{ type: {each.Split(':')[1]} }}, "
                    + $"description: \"{(index == 0 ? words : sizeWords)}\" }}"
            )
        );
}
