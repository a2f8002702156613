using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using McpRuntime.Tests.OpenApi;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Tests.Server.Surface;

/// <summary>What the search tools and the instructions take of a model's context, in tokens of o200k.</summary>
public class SurfaceCostTests(ITestOutputHelper output)
{
    private const int Most = 1_500;

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task The_surface_of_an_api_takes_at_most_1500_tokens_however_large_it_is(string name)
    {
        var catalog = ToolCatalog.Create([(await SpecFiles.ImportAsync(name)).Manifest!]);
        var tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");

        var list = new Exposure(ToolExposure.Search).Make(
            catalog,
            BuiltInTools.Create(TimeProvider.System, ToolFilter.None),
            new ListForm()
        );
        var result = JsonNode.Parse(list.Result(isPerRequest: false).Utf8)!;
        // Clients read it, and no model sees it.
        foreach (var tool in result["tools"]!.AsArray())
            tool!.AsObject().Remove("_meta");
        var tools = tokenizer.CountTokens(result.ToJsonString(Relaxed));
        var instructions = tokenizer.CountTokens(list.Instructions);

        output.WriteLine($"{name}: {tools} tokens of tools, {instructions} of instructions");
        Assert.InRange(tools + instructions, 1, Most);
    }
}
