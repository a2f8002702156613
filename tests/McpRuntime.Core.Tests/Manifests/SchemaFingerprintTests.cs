using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Tests.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Manifests;

/// <summary>Fingerprints tell what someone changed in a schema from how it is written.</summary>
public class SchemaFingerprintTests
{
    private const string Schema =
        """{"type":"object","properties":{"a":{"type":"string","maxLength":5,"description":"A."},"b":{"$ref":"#/definitions/B"}},"required":["b"]}""";

    private const string B = """{"type":"array","items":{"$ref":"#/definitions/C"}}""";
    private const string C = """{"enum":["x","y"]}""";

    private static readonly SchemaFingerprint Original = Of(Schema);

    [Theory]
    [InlineData(
        """{ "required": [ "b" ],  "properties": { "b": { "$ref": "#/definitions/B" }, "a": { "description": "A.", "maxLength": 5, "type": "string" } }, "type": "object" }"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"string","maxLength":5,"description":"A."},"b":{"$ref":"#\/definitions\/B"}},"required":["\u0062"]}"""
    )]
    public void Order_blanks_and_escapes_do_not_matter(string schema) => Assert.Equal(Original, Of(schema));

    [Fact]
    public void Shared_schemas_that_are_not_reached_do_not_matter() =>
        Assert.Equal(Original, Of(Schema, others: """{"type":"null"}"""));

    // What of the fingerprint changes: own, shared, rules.
    [Theory]
    [InlineData("\"maxLength\":5", "\"maxLength\":4", true, false, true)]
    [InlineData("\"description\":\"A.\"", "\"description\":\"B.\"", true, false, false)]
    [InlineData("\"description\":\"A.\"", "\"default\":\"B.\"", true, false, false)]
    [InlineData("\"description\":\"A.\"", "\"pattern\":\"A.\"", true, false, true)]
    // The name of a property, or a word in an enumeration, is not a keyword.
    [InlineData("{\"a\":", "{\"description\":", true, false, true)]
    [InlineData("[\"b\"]", "[\"a\"]", true, false, true)]
    [InlineData("[\"x\",\"y\"]", "[\"x\"]", false, true, true)]
    [InlineData("[\"x\",\"y\"]", "[\"x\",{\"title\":\"t\"}]", false, true, true)]
    [InlineData("[\"x\",\"y\"]", "[\"x\",\"y\"],\"title\":\"C\"", false, true, false)]
    public void Each_part_tells_its_own_changes(string text, string other, bool own, bool shared, bool rules)
    {
        string Changed(string schema) => schema.Replace(text, other, StringComparison.Ordinal);
        var changed = Of(Changed(Schema), Changed(B), Changed(C));
        Assert.Equal(
            (own, shared, rules),
            (changed.Own != Original.Own, changed.Shared != Original.Shared, changed.Rules != Original.Rules)
        );
        Assert.Equal(changed, SchemaFingerprint.TryParse(changed.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00000000-00000000")]
    [InlineData("00000000-00000000-0000000G")]
    [InlineData("0000000-000000000-00000000")]
    public void Another_text_is_not_a_fingerprint(string? text) => Assert.Null(SchemaFingerprint.TryParse(text));

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_imported_tool_has_the_fingerprint_of_its_schema_after_the_file_was_written_and_read(
        string name
    )
    {
        var manifest = (await SpecFiles.ImportAsync(name)).Manifest!;
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(manifest), "m.yaml").Manifest!;
        var fingerprints = new SchemaFingerprints(read.Definitions);
        Assert.All(read.Tools, tool => Assert.Equal(fingerprints.Of(tool.InputSchema).ToString(), tool.ImportedSchema));
    }

    private static SchemaFingerprint Of(string schema, string b = B, string c = C, string others = "{}") =>
        new SchemaFingerprints(
            new Dictionary<string, JsonText>
            {
                ["Other"] = JsonText.Parse(others),
                ["C"] = JsonText.Parse(c),
                ["B"] = JsonText.Parse(b),
            }
        ).Of(new JsonText(System.Text.Encoding.UTF8.GetBytes(schema)));
}
