using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>Arguments of <c>call</c> as words, next to those as JSON.</summary>
public sealed class CallArgumentTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Theory]
    [InlineData("id=7 species=cat", "/pets/7?species=cat")]
    [InlineData("id=7 species:=\"cat\" -a {\"tag\":[\"a\"]}", "/pets/7?tag=a&species=cat")]
    [InlineData("id:=9007199254740993 tag:=[\"a\",\"b=c\"]", "/pets/9007199254740993?tag=a&tag=b%3Dc")]
    [InlineData("id=7 species=a=b", "/pets/7?species=a%3Db")]
    public async Task Words_are_sent_by_the_schema_of_the_tool(string words, string target)
    {
        await using var shop = AddShop();

        var output = await _runtime.RunAsync(["call", "get_pet", .. words.Split(' ')], Token);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(target, shop.Requests.Single().Target);
    }

    [Theory]
    [InlineData("7", "'7' is not an argument of a tool")]
    [InlineData("=7", "'=7' is not an argument of a tool")]
    [InlineData("id=7 id=8", "'id' is given twice")]
    [InlineData("id=7 -a {\"id\":8}", "'id' is given twice")]
    [InlineData("id:=seven", "id:=, line 1, column 1")]
    public async Task Other_words_are_wrong_usage_and_nothing_is_sent(string words, string message)
    {
        await using var shop = AddShop();

        var output = await _runtime.RunAsync(["call", "get_pet", .. words.Split(' ')], Token);

        Assert.True(output.ExitCode == 2, output.ToString());
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
        Assert.Empty(shop.Requests);
    }

    private RecordingUpstream AddShop()
    {
        var shop = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.AddConnector(
            "shop",
            $$"""
            connector:
              manifest_version: 2
              name: shop
              version: 1.0.0
              base_url: {{shop.Url.GetLeftPart(UriPartial.Authority)}}
              tools:
              - name: get_pet
                description: Reads a pet.
                endpoint: GET /pets/{id}
                arguments:
                  id: { in: path, name: id }
                  tag: { in: query, name: tag }
                  species: { in: query, name: species }
                input_schema:
                  type: object
                  properties:
                    id: { type: integer }
                    tag: { type: array, items: { type: string } }
                    species: { type: string }
                  required: [id]
                  additionalProperties: false
            """
        );
        return shop;
    }
}
