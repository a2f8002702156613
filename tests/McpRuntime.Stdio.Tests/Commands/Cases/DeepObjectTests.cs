namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>Arrays under <c>deepObject</c> with indexes, as Stripe, qs, Rails and PHP read them.</summary>
public sealed class DeepObjectTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    [Theory]
    [InlineData("""{"expand":["latest_invoice"]}""", "expand[0]=latest_invoice")]
    [InlineData(
        """{"expand":["a","b&c"],"created":{"gt":1,"lt":9}}""",
        "expand[0]=a&expand[1]=b%26c&created[gt]=1&created[lt]=9"
    )]
    [InlineData("""{"created":5}""", "created=5")]
    public async Task In_a_query(string arguments, string query)
    {
        var request = await cases.SentAsync("stripe-like.yaml", "list_subscriptions", arguments);

        Assert.Equal($"/v1/subscriptions?{Encoded(query)}", request.Target);
    }

    [Theory]
    [InlineData(
        """{"customer":"c","items":[{"price":"p1","quantity":2,"tax_rates":["t"]},{"price":"p2"}]}""",
        "customer=c&items[0][price]=p1&items[0][quantity]=2&items[0][tax_rates][0]=t&items[1][price]=p2"
    )]
    [InlineData(
        """{"customer":"c","expand":["a"],"metadata":{"k":"v w"},"automatic_tax":{"enabled":true,"liability":{"type":"self"}}}""",
        "customer=c&expand[0]=a&metadata[k]=v+w&automatic_tax[enabled]=true&automatic_tax[liability][type]=self"
    )]
    public async Task In_a_form(string arguments, string form)
    {
        var request = await cases.SentAsync("stripe-like.yaml", "create_subscription", arguments);

        Assert.Equal(["application/x-www-form-urlencoded"], request.Header("Content-Type"));
        Assert.Equal(Encoded(form), request.BodyText);
    }

    // RFC 3986 has brackets in a query percent-encoded; a server decodes both alike.
    private static string Encoded(string pairs) =>
        pairs.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
