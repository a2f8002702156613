using System.Buffers;
using System.Text.Json;
using McpRuntime.Import;
using McpRuntime.Import.Comparison;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Import.Merging;

/// <summary>Importing over a manifest, and comparing one with its source.</summary>
public class ReimportTests
{
    [Fact]
    public async Task How_users_sign_in_stays()
    {
        var import = await Importing.ImportAsync(Document("get: { operationId: listPets }"));
        Assert.NotNull(import.Manifest);
        var scheme = new OAuth2Scheme { TokenUrl = "https://id.example/t" };
        var fresh = import with
        {
            Manifest = import.Manifest with
            {
                SecuritySchemes = new Dictionary<string, SecurityScheme> { ["o"] = scheme },
            },
        };
        var settings = new SignInSettings
        {
            ClientId = "mine",
            Provider = "box",
            RedirectUri = "http://localhost:3000/callback",
            AuthorizationExtra = new Dictionary<string, string> { ["prompt"] = "consent" },
        };
        var choices = new CredentialChoices
        {
            Profile = "work",
            IsPerCaller = true,
            Account = new AccountQuestion("list_pets", "name"),
        };
        var edited = fresh.Manifest with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["o"] = scheme with { SignIn = settings } },
            Credentials = choices,
        };
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(edited), "m.yaml").Manifest!;

        var merged = ImportMerge.Merge(read, fresh).Import.Manifest!;

        var kept = ((OAuth2Scheme)merged.SecuritySchemes["o"]).SignIn;
        Assert.Equal(("mine", "box"), (kept.ClientId, kept.Provider));
        Assert.Equal("http://localhost:3000/callback", kept.RedirectUri);
        Assert.Equal("consent", kept.AuthorizationExtra["prompt"]);
        Assert.Equal(choices, merged.Credentials);
    }

    // As for GitHub's document, which names none.
    [Fact]
    public async Task Scheme_that_a_user_added_stays_where_the_source_names_none()
    {
        var import = await Importing.ImportAsync(Document("get: { operationId: listPets }"));
        import = import with
        {
            Manifest = import.Manifest! with
            {
                SecuritySchemes = new Dictionary<string, SecurityScheme>(),
                Security = [],
            },
        };
        var edited = import.Manifest with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["mine"] = new BearerScheme() },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["mine"] = [] })],
        };

        var merged = ImportMerge.Merge(edited, import).Import.Manifest!;

        Assert.Equal(["mine"], merged.SecuritySchemes.Keys);
        Assert.Equal(["mine"], Assert.Single(merged.Security).Schemes.Keys);
    }

    [Fact]
    public async Task Names_and_what_a_user_wrote_stay_and_all_else_follows_the_source()
    {
        var first = (
            await Importing.ImportAsync(
                Document("get: { operationId: listPets, summary: Lists }, post: { operationId: addPet, summary: Adds }")
            )
        ).Manifest!;
        var edited = first with
        {
            Name = "mine",
            Cache = true,
            Tools =
            [
                first.Tools[0] with
                {
                    Name = "pets",
                    Description = "My words.",
                },
                first.Tools[1] with
                {
                    Limits = new CallLimits { MaxAttempts = 1 },
                    Answer = new AnswerRules { Drop = "body" },
                },
            ],
        };
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(edited), "m.yaml").Manifest!;
        var second = await Importing.ImportAsync(
            Document(
                "get: { operationId: listAll, summary: Lists all }, post: { operationId: addOne, summary: Adds one }, put: { operationId: pets }"
            )
        );
        var merged = ImportMerge.Merge(read, second);
        var tools = merged.Import.Manifest!.Tools;
        Assert.Equal("mine", merged.Import.Manifest.Name);
        Assert.True(merged.Import.Manifest.Cache);
        Assert.Equal(["pets", "add_pet"], tools.Take(2).Select(tool => tool.Name));
        Assert.Matches("^pets_[0-9a-f]{6}$", tools[2].Name);
        Assert.Equal(("Lists all", "My words."), (tools[0].Title, tools[0].Description));
        Assert.Equal(("Adds one", "Adds one", 1), (tools[1].Title, tools[1].Description, tools[1].Limits.MaxAttempts));
        Assert.Equal(
            ["description GET /x", "name GET /x", "answer POST /x", "limits POST /x", "name POST /x", "name PUT /x"],
            merged.Kept.Select(kept => $"{kept.What} {kept.Endpoint}")
        );
        Assert.Equal("body", tools[1].Answer.Drop);
        // The fingerprint is the source's, so that the words are still known as a user's the next time.
        Assert.Equal(
            "My words.",
            ImportMerge.Merge(merged.Import.Manifest, second).Import.Manifest!.Tools[0].Description
        );
    }

    [Fact]
    public async Task A_pinned_tool_stays_pinned_and_no_other_becomes_it()
    {
        var import = await Importing.ImportAsync(Document("get: { operationId: one }, post: { operationId: two }"));
        var first = import.Manifest!;
        var pinned = first with { Tools = [first.Tools[0] with { Pin = true }, first.Tools[1]] };
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(pinned), "m.yaml").Manifest!;

        var merged = ImportMerge.Merge(read, import);

        Assert.Equal("True False", string.Join(' ', merged.Import.Manifest!.Tools.Select(tool => tool.Pin)));
        Assert.Equal("pin", Assert.Single(merged.Kept).What);
    }

    [Fact]
    public async Task A_manifest_that_matches_its_source_has_no_difference()
    {
        var import = await Importing.ImportAsync(Document(Full));
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(import.Manifest!), "m.yaml").Manifest!;
        Assert.True(ManifestComparison.Compare(read, ImportMerge.Merge(read, import).Import.Manifest!).IsSame);
    }

    private const string Full = """
        get: { operationId: find, security: [ { k: [] } ], parameters: [
          { name: limit, in: query, schema: { type: integer, maximum: 10 } },
          { name: kind, in: query, schema: { $ref: '#/components/schemas/Kind' } } ],
          responses: { '200': { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } } } }
        """;

    [Theory]
    [InlineData("maximum: 10", "maximum: 20", "argument 'limit'", false)]
    [InlineData("maximum: 10", "maximum: 5", "argument 'limit'", true)]
    [InlineData("type: integer", "type: number", "argument 'limit'", false)]
    [InlineData("type: integer", "type: string", "argument 'limit'", true)]
    [InlineData("maximum: 10", "maximum: 10, description: Words.", "argument 'limit'", false)]
    [InlineData("name: limit, in: query", "name: limit, in: header", "request", false)]
    [InlineData("name: limit, in: query", "name: limit, in: query, required: true", "argument 'limit'", true)]
    [InlineData("name: limit", "name: max", "argument 'limit'", true)]
    [InlineData("enum: [a, b]", "enum: [a, b, c]", "argument 'kind'", false)]
    [InlineData("enum: [a, b]", "enum: [a]", "argument 'kind'", true)]
    [InlineData("{ a: { type: string } }", "{ a: { type: string }, b: {} }", "output", false)]
    [InlineData("{ a: { type: string } }", "{ b: {} }", "output", true)]
    [InlineData("security: [ { k: [] } ]", "security: [ { l: [] } ]", "security", true)]
    public async Task Changes_are_breaking_or_not(string before, string after, string what, bool isBreaking)
    {
        var old = (await Importing.ImportAsync(Document(Full))).Manifest!;
        var fresh = await Importing.ImportAsync(Document(Full).Replace(before, after, StringComparison.Ordinal));
        var difference = ManifestComparison.Compare(old, ImportMerge.Merge(old, fresh).Import.Manifest!);
        var change = Assert.Single(difference.Changed).Changes.First(change => change.What == what);
        Assert.Equal(isBreaking, change.IsBreaking);
        Assert.Equal(isBreaking, difference.IsBreaking);
    }

    [Fact]
    public async Task Tools_added_and_removed_and_the_report_of_it()
    {
        var old = (
            await Importing.ImportAsync(Document("get: { operationId: a }, post: { operationId: b }"))
        ).Manifest!;
        var fresh = (
            await Importing.ImportAsync(
                Document("get: { operationId: a }, put: { operationId: c }")
                    .Replace("a.test", "b.test", StringComparison.Ordinal)
            )
        ).Manifest!;
        var difference = ManifestComparison.Compare(old, fresh);
        var added = Assert.Single(difference.Added);
        Assert.Equal(("c", "PUT /x"), (added.Name, added.Endpoint));
        var removed = Assert.Single(difference.Removed);
        Assert.Equal(("b", "POST /x"), (removed.Name, removed.Endpoint));
        Assert.Equal("base_url", Assert.Single(difference.Connector).What);
        var root = Json(writer => ImportReport.Write(writer, difference));
        Assert.True(root.GetProperty("breaking").GetBoolean());
        Assert.Equal("PUT /x", root.GetProperty("added")[0].GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task The_report_of_an_import_is_json()
    {
        var import = await Importing.ImportAsync(Document("get: { operationId: a, callbacks: { c: {} } }, post: 5"));
        var root = Json(writer => ImportReport.Write(writer, import, [new KeptEdit("GET /x", "name", "b", "a")]));
        Assert.Equal(
            ("a", "GET /x", "a"),
            (
                root.GetProperty("tools")[0].GetProperty("name").GetString(),
                root.GetProperty("tools")[0].GetProperty("endpoint").GetString(),
                root.GetProperty("tools")[0].GetProperty("operation_id").GetString()
            )
        );
        Assert.Equal(2, root.GetProperty("skipped").GetArrayLength());
        Assert.Equal("b", root.GetProperty("kept")[0].GetProperty("kept").GetString());
    }

    private static JsonElement Json(Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(output.WrittenSpan);
    }

    private static string Document(string item) =>
        $$"""
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths: { /x: { {{item.ReplaceLineEndings("\n  ")}} } }
            components: { schemas: { Kind: { type: string, enum: [a, b] } },
              securitySchemes: { k: { type: apiKey, in: header, name: K }, l: { type: apiKey, in: header, name: L } } }
            """;
}
