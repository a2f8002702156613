using System.Text.Json;
using McpRuntime.Stdio.Tests.Serving;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// Some model APIs refuse a whole list of tools for anything but description and default next to <c>$ref</c>.
/// </summary>
public sealed class ReferenceTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_description_and_default_are_next_to_a_reference(bool isServed)
    {
        await cases.ImportAsync("ref-example.yaml");

        var list = isServed ? await ServedAsync() : await ListedAsync();
        var references = References(list).ToList();

        // A server's list has what is used once where it is used.
        Assert.True(isServed || references.Count >= 2, "the tool has two references");
        Assert.All(references, reference =>
            Assert.Empty(
                reference.EnumerateObject().Select(member => member.Name).Except(["$ref", "description", "default"])
            )
        );
        Assert.Contains("\"description\":\"Where.\"", list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_examples_are_sent_as_they_are()
    {
        var report = await cases.ImportAsync("ref-example.yaml");
        var request = await cases.SentAsync(
            "ref-example.yaml",
            "create_place",
            """{"pageable":{"page":1},"loc":{"lat":1,"lng":2}}"""
        );

        Assert.Equal("/a?page=1", request.Target);
        Assert.Equal("""{"loc":{"lat":1,"lng":2}}""", request.BodyText);
        Assert.Equal(0, report.GetProperty("examples").GetProperty("mismatched").GetInt32());
    }

    private async Task<JsonElement> ListedAsync()
    {
        var output = await cases.Runtime.RunAsync(["tools", "--format", "json"], TestContext.Current.CancellationToken);
        return JsonElement.Parse(output.Out);
    }

    private async Task<JsonElement> ServedAsync()
    {
        await using var session = new ServeSession(cases.Runtime, "--tools", "create_place");
        return await session.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
    }

    private static IEnumerable<JsonElement> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => References(member.Value))
                .Concat(element.TryGetProperty("$ref", out _) ? [element] : []),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
