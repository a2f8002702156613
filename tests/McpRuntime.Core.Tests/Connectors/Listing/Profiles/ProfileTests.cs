using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls.Plan;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Listing.Profiles;
using McpRuntime.Server;
using McpRuntime.Server.Surface;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Tests.Server.Surface;
using Microsoft.ML.Tokenizers;

namespace McpRuntime.Tests.Connectors.Listing.Profiles;

/// <summary>Lists obey the rules that families of models publish, in the profile that is made for them.</summary>
public class ProfileTests(ITestOutputHelper output)
{
    private static readonly Lazy<TiktokenTokenizer> O200k = new(() =>
        TiktokenTokenizer.CreateForEncoding("o200k_base")
    );

    public static TheoryData<string, SchemaProfile> Documents()
    {
        var rows = new TheoryData<string, SchemaProfile>();
        foreach (var name in SpecFiles.All().Select(row => row.Data))
        {
            rows.Add(name, SchemaProfile.Plain);
            rows.Add(name, SchemaProfile.Gemini);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Each_listed_schema_of_a_real_document_obeys_the_rules(string name, SchemaProfile profile)
    {
        var catalog = ToolCatalog.Create([(await SpecFiles.ImportAsync(name)).Manifest!]);
        var rules = PublishedRules.Of(profile);

        var full = Lines(catalog, SchemaProfile.Full, ToolExposure.All);
        var tools = Lines(catalog, profile, ToolExposure.All);

        Assert.Equal(full.Count, tools.Count);
        Assert.All(tools, tool =>
        {
            var broken = rules.Broken(tool);
            Assert.True(
                broken.Count == 0,
                $"{tool.GetProperty("name")}: {string.Join("; ", broken.Take(5))} ({rules.Source})"
            );
        });
        var (before, now) = (Tokens(full), Tokens(tools));
        output.WriteLine(
            $"{name} {profile}: {tools.Count} tools, {before} tokens of o200k in full, {now} in {profile}"
        );
    }

    [Theory]
    [InlineData(SchemaProfile.Plain)]
    [InlineData(SchemaProfile.Gemini)]
    public void The_search_tools_obey_the_rules(SchemaProfile profile)
    {
        var tools = Lines(SurfaceFixture.Catalog, profile, ToolExposure.Search);

        Assert.Equal(5, tools.Count);
        Assert.All(tools, tool => Assert.Empty(PublishedRules.Of(profile).Broken(tool)));
    }

    [Theory]
    // References and what is next to them; what comes back to itself is a text of JSON.
    [InlineData(
        SchemaProfile.Gemini,
        """{"a":{"$ref":"#/$defs/P","description":"Mine."}}""",
        """{"a":{"type":"object","properties":{"n":{"type":"string"},"p":{"type":"string","description":"JSON text."}},"description":"Mine."}}"""
    )]
    [InlineData(
        SchemaProfile.Plain,
        """{"a":{"type":["string","null"],"minLength":2,"description":"A name."}}""",
        """{"a":{"type":"string","description":"A name. (may be null; minLength 2)"}}"""
    )]
    [InlineData(
        SchemaProfile.Gemini,
        """{"a":{"type":["string","null"],"minLength":2,"format":"uri"}}""",
        """{"a":{"type":"string","minLength":2,"description":"(format uri)","nullable":true}}"""
    )]
    [InlineData(
        SchemaProfile.Gemini,
        """{"a":{"type":["integer","string"],"description":"An id."}}""",
        """{"a":{"anyOf":[{"type":"integer","description":"An id."},{"type":"string"}]}}"""
    )]
    [InlineData(
        SchemaProfile.Plain,
        """{"a":{"oneOf":[{"type":"integer"},{"type":"null"},{"const":"all"}]}}""",
        """{"a":{"anyOf":[{"type":"integer"},{"type":"string","enum":["all"]}],"description":"(may be null)"}}"""
    )]
    [InlineData(
        SchemaProfile.Gemini,
        """{"a":{"enum":[1,2]},"b":{"type":"string","enum":["x",""]}}""",
        """{"a":{"type":"integer","description":"(one of 1, 2)"},"b":{"type":"string","enum":["x"],"description":"(may be empty)"}}"""
    )]
    [InlineData(
        SchemaProfile.Plain,
        """{"a":{"type":"object","additionalProperties":{"type":"string"},"description":"Labels."},"b":{"type":"array"}}""",
        """{"a":{"type":"string","description":"JSON text of an object. Labels."},"b":{"type":"string","description":"JSON text of an array."}}"""
    )]
    [InlineData(
        SchemaProfile.Plain,
        """{"a":{"allOf":[{"$ref":"#/$defs/Q"},{"properties":{"y":{"type":"integer","exclusiveMinimum":0}},"required":["y"]}]}}""",
        """{"a":{"type":"object","properties":{"x":{"type":"string"},"y":{"type":"integer","exclusiveMinimum":0}},"required":["y"],"additionalProperties":false}}"""
    )]
    public void A_schema_is_written_in_a_dialect(SchemaProfile profile, string properties, string expected)
    {
        var root = JsonNode
            .Parse(
                "{\"type\":\"object\",\"properties\":"
                    + properties
                    + """
                    ,"$defs":{
                    "P":{"type":"object","properties":{"n":{"type":"string"},"p":{"$ref":"#/$defs/P"}}},
                    "Q":{"type":"object","properties":{"x":{"type":"string"}}}}}
                    """
            )!
            .AsObject();

        var written = ProfiledSchema.Of(root, ProfileRules.Of(profile)!)["properties"]!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), written), written.ToJsonString());
    }

    [Fact]
    public async Task A_call_takes_the_text_of_json_that_a_dialect_lists_in_place_of_an_object()
    {
        var manifest = (
            await Importing.ImportAsync(
                Importing.Document(
                    """
                    requestBody: { required: true, content: { application/json: { schema: { type: object, required: [labels], properties: {
                      labels: { type: object, additionalProperties: { type: string } },
                      lines: { type: array, items: { type: object, properties: { attributes: { type: object } } } } } } } } }
                    """,
                    method: "post"
                )
            )
        ).Manifest!;
        var listed = Lines(ToolCatalog.Create([manifest]), SchemaProfile.Gemini, ToolExposure.All)[0];
        Assert.Equal(
            "string",
            listed
                .GetProperty("inputSchema")
                .GetProperty("properties")
                .GetProperty("labels")
                .GetProperty("type")
                .GetString()
        );

        var call = CallPlan
            .Create(manifest, manifest.Tools[0])
            .Contract.Check(
                JsonElement.Parse("""{"labels":"{\"a\":\"b\"}","lines":[{"attributes":"{\"n\":1}"}]}"""),
                ArgumentCheck.Strict
            );

        Assert.Empty(call.Warnings);
        Assert.Equal("""{"labels":{"a":"b"},"lines":[{"attributes":{"n":1}}]}""", call.Arguments.GetRawText());
    }

    [Fact]
    public void Without_a_profile_lists_are_as_before() => Assert.Null(ProfileRules.Of(SchemaProfile.Full));

    private static List<JsonElement> Lines(ToolCatalog catalog, SchemaProfile profile, ToolExposure mode)
    {
        var list = new Exposure(mode).Make(catalog, [], new ListForm(Profile: profile));
        return
        [
            .. JsonElement
                .Parse(list.Result(isPerRequest: false).Utf8, new JsonDocumentOptions { MaxDepth = 1024 })
                .GetProperty("tools")
                .EnumerateArray()
                .Where(tool => mode == ToolExposure.Search || tool.GetProperty("name").GetString() != "describe_tools"),
        ];
    }

    private static int Tokens(IEnumerable<JsonElement> tools) =>
        tools.Sum(tool => O200k.Value.CountTokens(tool.GetRawText()));
}
