using McpRuntime.Search;

namespace McpRuntime.Tests.Search;

public class ToolSearchIndexTests
{
    [Theory]
    [InlineData("list orders", "list_orders")]
    [InlineData("create order", "create_order")]
    [InlineData("list the comments of an order", "list_order_comments")]
    [InlineData("ordering was cancelled", "cancel_order")]
    [InlineData("comments", "list_order_comments")]
    public void Words_of_the_api_find_the_operation(string request, string tool) =>
        Assert.Equal(tool, Shop.Find(request)[0]);

    [Theory]
    [InlineData("show me order 17", "get_order")]
    [InlineData("change order 17", "update_order")]
    [InlineData("remove order 17", "delete_order")]
    [InlineData("who are our customers", "list_customers")]
    [InlineData("unban this customer", "ban_customer")]
    public void The_verb_is_matched_with_the_method(string request, string tool) =>
        Assert.Equal(tool, Shop.Find(request)[0]);

    [Theory]
    [InlineData("get rid of this order", "delete_order")]
    [InlineData("our clients", "list_customers")]
    [InlineData("give the buyer his money back", "create_refund")]
    public void Synonyms_are_understood(string request, string tool) => Assert.Equal(tool, Shop.Find(request)[0]);

    [Theory]
    [InlineData("list ordres", "list_orders")]
    [InlineData("creat a reffund", "create_refund")]
    [InlineData("custmer list", "list_customers")]
    public void Typing_errors_are_forgiven(string request, string tool) => Assert.Equal(tool, Shop.Find(request)[0]);

    [Theory]
    [InlineData("Wie viele Kunden haben wir?", "list_customers")]
    [InlineData("Bestellung löschen", "delete_order")]
    [InlineData("loesche die Bestellung", "delete_order")]
    [InlineData("annule la commande 12", "cancel_order")]
    [InlineData("muéstrame las facturas", "list_invoices")]
    [InlineData("注文を削除して", "delete_order")]
    public void Other_languages_are_understood(string request, string tool) =>
        Assert.Equal(tool, Shop.Find(request)[0]);

    [Theory]
    [InlineData("lösche das Team")]
    [InlineData("supprime l'équipe")]
    public void What_a_foreign_verb_means_in_most_cases_comes_first(string request)
    {
        SearchableTool[] tools =
        [
            new()
            {
                Name = "remove_from_team",
                Endpoint = "DELETE /a/{id}",
                Title = "Remove from a team",
            },
            new()
            {
                Name = "delete_the_team",
                Endpoint = "DELETE /b/{id}",
                Title = "Delete all of a team",
            },
        ];

        var hits = ToolSearchIndex.Create(tools).Search(request, 2);

        Assert.Equal([1, 0], hits.Select(hit => hit.Position));
    }

    [Fact]
    public void A_word_that_the_tools_write_as_one_may_be_two() =>
        Assert.Equal("run_cronjob", Shop.Find("start the cron job")[0]);

    [Theory]
    [InlineData("gift wrapping", "create_order")]
    [InlineData("sku", "create_order")]
    [InlineData("platinum", "update_customer")]
    [InlineData("warehouse", "cancel_order")]
    public void Arguments_their_values_and_descriptions_are_searched_too(string request, string tool) =>
        Assert.Equal(tool, Shop.Find(request)[0]);

    [Fact]
    public void A_deprecated_operation_comes_after_those_that_fit_nearly_as_well()
    {
        Assert.Equal("list_invoices", Shop.Find("list invoices")[0]);
        var found = Shop.Find("list of invoices and orders");
        Assert.True(Array.IndexOf(found, "list_invoices_1") > Array.IndexOf(found, "list_orders"));
        Assert.Contains("list_invoices_1", found);
    }

    [Fact]
    public void A_name_and_a_quoted_value_do_not_lead_away_from_what_is_asked() =>
        Assert.Equal("create_order_comment", Shop.Find("add the comment \"list customers and refunds\" to order 5")[0]);

    [Theory]
    [InlineData("")]
    [InlineData("the of and")]
    [InlineData("xylophone")]
    [InlineData("🎈 … ?!")]
    public void A_request_without_words_of_the_tools_finds_none(string request) => Assert.Empty(Shop.Find(request));

    [Fact]
    public void Scores_fall_and_the_number_of_results_is_bounded()
    {
        var hits = Shop.Index.Search("list orders of a customer", 5);
        Assert.Equal(5, hits.Count);
        Assert.Equal(hits.OrderByDescending(hit => hit.Score), hits);
        Assert.All(hits, hit => Assert.True(hit.Score > 0));
    }

    [Fact]
    public void What_is_not_allowed_is_left_out_and_does_not_change_the_scores()
    {
        var all = Shop.Index.Search("delete order", 20);
        var some = Shop.Index.Search("delete order", 20, position =>
            Shop.Index.Tools[position].Endpoint!.StartsWith("GET", StringComparison.Ordinal)
        );
        Assert.NotEmpty(some);
        Assert.Equal(
            all.Where(hit => Shop.Index.Tools[hit.Position].Endpoint!.StartsWith("GET", StringComparison.Ordinal)),
            some
        );
    }

    [Fact]
    public void Several_threads_get_the_same()
    {
        var expected = Shop.Find("creat ordre");
        Parallel.For(0, 200, _ => Assert.Equal(expected, Shop.Find("creat ordre")));
    }

    [Fact]
    public void A_tool_without_an_endpoint_is_found()
    {
        var index = ToolSearchIndex.Create([
            new SearchableTool { Name = "get_time", Description = "Tells the time." },
            new SearchableTool { Name = "echo" },
        ]);
        Assert.Equal(0, Assert.Single(index.Search("what time is it", 5)).Position);
    }

    [Fact]
    public void No_tools_are_no_error() => Assert.Empty(ToolSearchIndex.Create([]).Search("list orders", 5));
}
