using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Import.Merging;

/// <summary>Schemas that were changed by hand in the file, and what a new import makes of them.</summary>
public class SchemaEditTests
{
    private const string Paths = """
        /pets: { get: { operationId: listPets, parameters: [
          { name: status, in: query, schema: { type: string, enum: [new, sold] } },
          { name: limit, in: query, schema: { type: integer, maximum: 100, description: How many. } } ] },
          post: { operationId: addPet, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } } } } } } }
        /sizes: { post: { operationId: addSize, requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { size: { $ref: '#/components/schemas/Size' } } } } } } } }
        """;

    private const string Schemas = """
        Pet: { type: object, properties: { kind: { $ref: '#/components/schemas/Kind' }, size: { $ref: '#/components/schemas/Size' } } }
        Kind: { type: string, enum: [cat, dog] }
        Size: { type: string, enum: [s, l] }
        """;

    private const string NewSold = "enum: [new, sold]";
    private const string CatDog = "enum: [cat, dog]";

    [Fact]
    public async Task An_enum_that_was_narrowed_by_hand_is_refused_in_standard_before_and_after_a_new_import()
    {
        var edited = await EditAsync(NewSold, "enum: [new]");
        await AssertRefusedAsync(edited, "list_pets", """{"status":"sold"}""", "/status must be \"new\"");
        var merged = await ImportAgainAsync(edited, Document());
        Assert.Equal(
            """GET /pets: input_schema {"status":{"type":"string","enum":["new"]}} for {"status":{"type":"string","enum":["new","sold"]}}""",
            Assert.Single(Kept(merged))
        );
        await AssertRefusedAsync(Written(merged), "list_pets", """{"status":"sold"}""", "/status must be \"new\"");
        await AssertSentAsync(Written(merged), "list_pets", """{"status":"new"}""");
        // Others are as the document has them, and lenient.
        await AssertSentAsync(Written(merged), "add_pet", """{"pet":{"kind":"cow"}}""");
        Assert.Single(Kept(await ImportAgainAsync(Written(merged), Document())));
    }

    [Fact]
    public async Task What_was_not_touched_follows_the_document()
    {
        var merged = await ImportAgainAsync(
            await EditAsync("", ""),
            Document()
                .Replace(NewSold, "enum: [new, old]", StringComparison.Ordinal)
                .Replace(CatDog, "enum: [cow]", StringComparison.Ordinal)
        );
        Assert.Empty(Kept(merged));
        Assert.Contains(
            "old",
            Tool(merged.Import.Manifest!, "list_pets").InputSchema.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("cow", merged.Import.Manifest!.Definitions["Kind"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_schema_that_was_narrowed_is_kept_and_makes_those_tools_strict_that_reach_it()
    {
        var edited = await EditAsync(CatDog, "enum: [cat]");
        var document = Document(
            $"{Paths}\n/kinds: {{ post: {{ operationId: addKind, requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object, properties: {{ kind: {{ $ref: '#/components/schemas/Kind' }} }} }} }} }} }} }} }}"
        );
        foreach (
            var manifest in (ConnectorManifest[])
                [
                    edited,
                    Written(await ImportAgainAsync(edited, Document())),
                    Written(await ImportAgainAsync(edited, document)),
                ]
        )
        {
            await AssertRefusedAsync(manifest, "add_pet", """{"pet":{"kind":"dog"}}""", "/pet/kind must be \"cat\"");
            await AssertSentAsync(manifest, "add_size", """{"size":"m"}""");
            await AssertSentAsync(manifest, "list_pets", """{"status":"lost"}""");
        }
        var merged = await ImportAgainAsync(edited, document);
        await AssertRefusedAsync(Written(merged), "add_kind", """{"kind":"dog"}""", "/kind must be \"cat\"");
        Assert.Equal(
            """#/definitions/Kind: definition {"type":"string","enum":["cat"]} for {"type":"string","enum":["cat","dog"]}""",
            Assert.Single(Kept(merged))
        );
    }

    [Fact]
    public async Task Shared_schemas_that_another_tool_vouches_for_follow_the_document()
    {
        var edited = await EditAsync(CatDog, "enum: [cat]");
        var merged = await ImportAgainAsync(
            edited,
            Document().Replace("enum: [s, l]", "enum: [s, m, l]", StringComparison.Ordinal)
        );
        Assert.Contains("\"m\"", merged.Import.Manifest!.Definitions["Size"].ToString(), StringComparison.Ordinal);
        Assert.Equal("#/definitions/Kind", Assert.Single(merged.Kept).Endpoint);
    }

    [Fact]
    public async Task Words_that_were_changed_are_kept_and_leave_the_tool_lenient()
    {
        var merged = await ImportAgainAsync(
            await EditAsync("description: How many.", "description: At most a page."),
            Document()
        );
        Assert.Equal("input_schema", Assert.Single(merged.Kept).What);
        Assert.Contains(
            "At most a page.",
            Tool(Written(merged), "list_pets").InputSchema.ToString(),
            StringComparison.Ordinal
        );
        await AssertSentAsync(Written(merged), "list_pets", """{"limit":1000}""");
    }

    [Fact]
    public async Task Where_the_document_has_other_arguments_now_a_changed_tool_keeps_its_own()
    {
        var edited = await EditAsync(NewSold, "enum: [new]");
        var document = Document()
            .Replace(
                "{ name: limit, in: query",
                "{ name: page, in: query, schema: { type: integer } }, { name: limit, in: header",
                StringComparison.Ordinal
            );
        var merged = await ImportAgainAsync(edited, document);
        var tool = Tool(Written(merged), "list_pets");
        Assert.Equal(["status", "limit"], tool.Arguments!.Keys);
        Assert.Equal(ArgumentLocation.Query, tool.Arguments["limit"].In);
        Assert.Contains("\"page\"", Assert.Single(merged.Kept).Imported, StringComparison.Ordinal);
        // import --check says so until someone has looked, and imported again.
        var change = Assert.Single(
            Assert.Single(ManifestComparison.Compare(edited, merged.Import.Manifest!).Changed).Changes
        );
        Assert.Equal(("input_schema", true), (change.What, change.IsBreaking));
        Assert.True(
            ManifestComparison
                .Compare(Written(merged), (await ImportAgainAsync(Written(merged), document)).Import.Manifest!)
                .IsSame
        );
    }

    [Fact]
    public async Task Locations_follow_the_document_where_the_arguments_are_the_same()
    {
        var merged = await ImportAgainAsync(
            await EditAsync(NewSold, "enum: [new]"),
            Document().Replace("{ name: limit, in: query", "{ name: limit, in: header", StringComparison.Ordinal)
        );
        Assert.Equal(ArgumentLocation.Header, Tool(Written(merged), "list_pets").Arguments!["limit"].In);
    }

    [Fact]
    public async Task What_a_kept_schema_refers_to_stays_although_the_document_lost_it()
    {
        var edited = await EditAsync(
            "pet: { $ref: \"#/definitions/Pet\" }",
            "pet: { $ref: \"#/definitions/Pet\", minProperties: 2 }"
        );
        var document = Document(
            Paths.Replace(
                "pet: { $ref: '#/components/schemas/Pet' }",
                "pet: { type: object }",
                StringComparison.Ordinal
            )
        );
        var merged = await ImportAgainAsync(edited, document);
        Assert.Equal(["Kind", "Pet", "Size"], merged.Import.Manifest!.Definitions.Keys.Order(StringComparer.Ordinal));
        await AssertRefusedAsync(
            Written(merged),
            "add_pet",
            """{"pet":{"kind":"dog"}}""",
            "/pet must have at least 2 members"
        );
    }

    [Fact]
    public async Task A_changed_shared_schema_that_the_document_lost_is_reported()
    {
        var merged = await ImportAgainAsync(
            await EditAsync(CatDog, "enum: [cat]"),
            Document(Paths.Replace("$ref: '#/components/schemas/Pet'", "type: object", StringComparison.Ordinal))
        );
        Assert.Contains(merged.Import.Findings, finding =>
            finding.RuleId == ManifestRules.EditLost && finding.Message.Contains("'Kind'", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_a_fingerprint_no_one_knows_and_the_schema_is_kept()
    {
        var manifest = await EditAsync(NewSold, "enum: [new]");
        manifest = manifest with { Tools = [.. manifest.Tools.Select(tool => tool with { ImportedSchema = null })] };
        var merged = await ImportAgainAsync(
            manifest,
            Document().Replace(CatDog, "enum: [cow]", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["input_schema GET /pets", "definition #/definitions/Kind"],
            merged.Kept.Select(kept => $"{kept.What} {kept.Endpoint}")
        );
    }

    [Fact]
    public async Task The_level_of_the_connector_and_of_a_tool_are_kept()
    {
        var edited = await EditAsync("", "");
        edited = edited with
        {
            ArgumentCheck = ArgumentCheck.Strict,
            Tools = [edited.Tools[0] with { ArgumentCheck = ArgumentCheck.Standard }, .. edited.Tools.Skip(1)],
        };
        var merged = await ImportAgainAsync(Written(edited), Document());
        Assert.Equal(ArgumentCheck.Strict, Written(merged).ArgumentCheck);
        Assert.Equal(ArgumentCheck.Standard, Written(merged).Tools[0].ArgumentCheck);
        Assert.Equal("argument_check", Assert.Single(merged.Kept).What);
    }

    // The file as an owner edits it.
    private static async Task<ConnectorManifest> EditAsync(string text, string other)
    {
        var import = await Importing.ImportAsync(Document());
        var yaml = Encoding.UTF8.GetString(ManifestWriter.ToUtf8(import.Manifest!).Span);
        Assert.Contains(text, yaml, StringComparison.Ordinal);
        return Read(
            Encoding.UTF8.GetBytes(text.Length == 0 ? yaml : yaml.Replace(text, other, StringComparison.Ordinal))
        );
    }

    private static async Task<MergedImport> ImportAgainAsync(ConnectorManifest existing, string document) =>
        ImportMerge.Merge(existing, await Importing.ImportAsync(document));

    private static IEnumerable<string> Kept(MergedImport merged) =>
        merged.Kept.Select(kept => $"{kept.Endpoint}: {kept.What} {kept.Kept} for {kept.Imported}");

    private static ConnectorManifest Written(MergedImport merged) => Written(merged.Import.Manifest!);

    private static ConnectorManifest Written(ConnectorManifest manifest) => Read(ManifestWriter.ToUtf8(manifest));

    private static ConnectorManifest Read(ReadOnlyMemory<byte> yaml)
    {
        var read = ManifestReader.Read(yaml, "m.yaml");
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        return read.Manifest!;
    }

    private static ToolManifest Tool(ConnectorManifest manifest, string name) =>
        manifest.Tools.Single(tool => tool.Name == name);

    private static async Task AssertRefusedAsync(
        ConnectorManifest manifest,
        string tool,
        string arguments,
        string reason
    )
    {
        await using var bench = Bench(manifest);
        Assert.Contains(reason, await bench.RefusedAsync(Tool(manifest, tool), arguments), StringComparison.Ordinal);
    }

    private static async Task AssertSentAsync(ConnectorManifest manifest, string tool, string arguments)
    {
        await using var bench = Bench(manifest);
        await bench.SendAsync(Tool(manifest, tool), arguments);
    }

    private static CallBench Bench(ConnectorManifest manifest) =>
        new(RecordingUpstream.Start(UpstreamAnswer.Json("{}"))) { Connector = manifest with { BaseUrl = "" } };

    private static string Document(string paths = Paths) =>
        $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths:
              {{paths.ReplaceLineEndings("\n  ")}}
            components:
              schemas:
                {{Schemas.ReplaceLineEndings("\n    ")}}
            """;
}
