namespace McpRuntime.Tests.Search;

public class ExplanationTests
{
    [Theory]
    [InlineData("get rid of ordre 17", "delete_order")]
    [InlineData("list invoices", "list_invoices_1")]
    [InlineData("delete the customers", "list_orders")]
    public void The_parts_are_the_score(string request, string tool)
    {
        var position = Shop.PositionOf(tool);
        var explanation = Shop.Index.Explain(request, position);

        var hits = Shop.Index.Search(request, 20).Where(hit => hit.Position == position).ToList();
        Assert.Equal(hits.Count == 0 ? 0 : hits[0].Score, explanation.Score, 10);
        Assert.Equal(
            explanation.Words.Sum(word => word.Score) * (1 + explanation.Factors.Sum(factor => factor.Value)),
            explanation.Score,
            10
        );
    }

    [Fact]
    public void Words_say_what_was_found_how_and_where()
    {
        var explanation = Shop.Index.Explain("annoy the buyer", Shop.PositionOf("ban_customer"));

        var buyer = Assert.Single(explanation.Words);
        Assert.Equal(("buyer", "customer", "synonym"), (buyer.Word, buyer.Found, buyer.Origin));
        Assert.Equal(["name", "path", "path arguments", "title"], buyer.Fields);
        Assert.Contains(
            "respelled",
            Shop.Index.Explain("canecl it", Shop.PositionOf("cancel_order")).Words.Select(word => word.Origin)
        );
        Assert.Contains(
            "translated",
            Shop.Index.Explain("Bestellung", Shop.PositionOf("get_order")).Words.Select(word => word.Origin)
        );
    }

    [Fact]
    public void Factors_say_what_raises_and_what_lowers()
    {
        var fits = Shop
            .Index.Explain("delete order", Shop.PositionOf("delete_order"))
            .Factors.ToDictionary(factor => factor.Name, factor => factor.Value);
        var reads = Shop
            .Index.Explain("delete order", Shop.PositionOf("get_order"))
            .Factors.ToDictionary(factor => factor.Name, factor => factor.Value);
        var old = Shop.Index.Explain("list invoices", Shop.PositionOf("list_invoices_1")).Factors;

        Assert.True(fits["intent"] > 0 && reads["intent"] < 0);
        Assert.True(fits["resource"] > 0 && fits["head"] > 0 && fits["depth"] < 0);
        Assert.Contains(old, factor => factor is { Name: "deprecated", Value: < 0 });
    }
}
