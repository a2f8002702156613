using McpRuntime.Manifests;

namespace McpRuntime.Tests.Calls.Serialization;

/// <summary>
/// Arrays under deepObject, as qs, PHP, Rails and Stripe read them: in a query, a form and a multipart body.
/// </summary>
public class DeepObjectTests
{
    public static TheoryData<string, string> Cells =>
        new()
        {
            { """["latest_invoice"]""", "a[0]=latest_invoice" },
            {
                """[{"price":"p1","quantity":2,"tax_rates":["t"]},{"price":"p2"}]""",
                "a[0][price]=p1&a[0][quantity]=2&a[0][tax_rates][0]=t&a[1][price]=p2"
            },
            {
                """{"ids":[1,2],"deep":{"list":[{"x":[true]}]}}""",
                "a[ids][0]=1&a[ids][1]=2&a[deep][list][0][x][0]=true"
            },
            { """[["x","y"],["z"]]""", "a[0][0]=x&a[0][1]=y&a[1][0]=z" },
            { """[null,"x",null,"y"]""", "a[0]=x&a[1]=y" },
            { """{"a b":["c&d=e"]}""", "a[a b][0]=c&d=e" },
            { """{"e":[],"f":{},"g":null,"h":""}""", "a[h]=" },
            { "5", "a=5" },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task In_a_query(string value, string pairs)
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = new()
                {
                    In = ArgumentLocation.Query,
                    Name = "a",
                    Style = ParameterStyle.DeepObject,
                },
            },
        };
        Assert.Equal($"/x?{Encoded(pairs, "%20")}", (await bench.SendAsync(tool, $$"""{"a":{{value}}}""")).Target);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task In_a_form(string value, string pairs)
    {
        await using var bench = CallBench.Start();
        Assert.Equal(
            Encoded(pairs, "+"),
            (await bench.SendAsync(Body("application/x-www-form-urlencoded"), $$"""{"a":{{value}}}""")).BodyText
        );
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task In_multipart(string value, string pairs)
    {
        await using var bench = CallBench.Start();
        var body = (await bench.SendAsync(Body("multipart/form-data"), $$"""{"a":{{value}}}""")).BodyText;
        var parts = body.Split("Content-Disposition: form-data; name=\"")[1..]
            .Select(part => part.Replace("\"\r\n\r\n", "=", StringComparison.Ordinal).Split("\r\n")[0]);
        Assert.Equal(pairs, string.Join('&', parts));
    }

    [Fact]
    public async Task A_name_that_says_array_itself_takes_no_index()
    {
        await using var bench = CallBench.Start();
        var tool = CallBench.Tool("GET /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["ids"] = new()
                {
                    In = ArgumentLocation.Query,
                    Name = "ids[]",
                    Style = ParameterStyle.DeepObject,
                },
            },
        };
        Assert.Equal("/x?ids%5B%5D=1&ids%5B%5D=2", (await bench.SendAsync(tool, """{"ids":[1,2]}""")).Target);
    }

    private static ToolManifest Body(string contentType) =>
        CallBench.Tool("POST /x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = new() { In = ArgumentLocation.Body, Name = "a" },
            },
            Body = new BodyBinding
            {
                ContentType = contentType,
                Required = true,
                Encoding = new Dictionary<string, PartEncoding> { ["a"] = new() { Style = ParameterStyle.DeepObject } },
            },
        };

    private static string Encoded(string pairs, string space) =>
        pairs
            .Replace("c&d=e", "c%26d%3De", StringComparison.Ordinal)
            .Replace("[", "%5B", StringComparison.Ordinal)
            .Replace("]", "%5D", StringComparison.Ordinal)
            .Replace(" ", space, StringComparison.Ordinal);
}
