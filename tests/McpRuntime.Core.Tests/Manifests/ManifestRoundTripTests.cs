using System.Text;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Manifests;

public class ManifestRoundTripTests
{
    public static TheoryData<string> Samples => [ManifestSamples.Current, ManifestSamples.Older];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reading_and_writing_gives_the_same_text(string text)
    {
        var manifest = Read(text);
        Assert.Equal(text, Encoding.UTF8.GetString(ManifestWriter.ToUtf8(manifest).Span));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_json_form_reads_as_the_same_manifest(string text)
    {
        using var document = LoadedDocument.Parse(Encoding.UTF8.GetBytes(text), "connector.yaml");
        var json = Encoding.UTF8.GetString(document.JsonUtf8.Span);
        var pretty = System.Text.Json.Nodes.JsonNode.Parse(json)!.ToString();
        Assert.Equal(text, Encoding.UTF8.GetString(ManifestWriter.ToUtf8(Read(pretty)).Span));
    }

    [Fact]
    public void Every_field_of_version_2_is_read()
    {
        var manifest = Read(ManifestSamples.Current);
        Assert.Equal(("@team/petstore", "1.0.7", 2), (manifest.Name, manifest.Version, manifest.ManifestVersion));
        Assert.Equal(["eu", "us"], manifest.ServerVariables["region"].Enum);
        Assert.Equal("3.0.4", manifest.Source!.OpenApi);
        Assert.Equal(new ApiKeyScheme(ArgumentLocation.Query, "key"), manifest.SecuritySchemes["key_in_query"]);
        var oauth2 = Assert.IsType<OAuth2Scheme>(manifest.SecuritySchemes["petstore_auth"]);
        Assert.Equal(
            [OAuth2Flow.ClientCredentials, OAuth2Flow.AuthorizationCode, OAuth2Flow.DeviceAuthorization],
            oauth2.Flows
        );
        Assert.Equal((ClientAuthentication.Post, "pets"), (oauth2.ClientAuthentication, oauth2.Extra["resource"]));
        Assert.Equal(["write:pets"], manifest.Security[0].Schemes["petstore_auth"]);
        Assert.Empty(manifest.Security[2].Schemes);
        Assert.Equal(
            new CallLimits
            {
                TimeoutSeconds = 2.5,
                MaxAttempts = 3,
                RetryUnsafe = true,
                RequestsPerMinute = 600,
            },
            manifest.Limits
        );
        Assert.Equal("true", manifest.Definitions["Any"].ToString());

        var tool = manifest.Tools[0];
        Assert.False(tool.IsOlderForm);
        Assert.Equal(
            new ArgumentBinding
            {
                In = ArgumentLocation.Query,
                Name = "i",
                Style = ParameterStyle.Form,
                Explode = true,
                Delimiter = ArrayDelimiter.Tab,
                AllowReserved = true,
                AllowEmpty = true,
            },
            tool.Arguments!["ids"]
        );
        Assert.Equal(["\"2\"", "1.10"], tool.Fixed.Select(value => value.Value.ToString()));
        Assert.Equal(new ToolHints(false, false, true, true), tool.Annotations);
        Assert.Equal("{\"$ref\":\"#/definitions/Pet\"}", tool.OutputSchema!.ToString());
        Assert.Equal(new CallLimits { MaxConcurrency = 4, MaxResponseBytes = 1048576 }, tool.Limits);
        Assert.Empty(manifest.Tools[1].Security!);
        var avatar = manifest.Tools[2].Body!.Encoding["avatar"];
        Assert.Equal((true, "image/png", "1"), (avatar.File, avatar.ContentType, avatar.Headers["X-Part"]));
    }

    [Fact]
    public void Every_field_of_version_1_is_read()
    {
        var manifest = Read(ManifestSamples.Older);
        Assert.Equal(1, manifest.ManifestVersion);
        Assert.All(manifest.Tools, tool => Assert.True(tool.IsOlderForm));
        Assert.Equal(
            new LegacyAuth(new ApiKeyScheme(ArgumentLocation.Header, "X-Key", "Token")),
            manifest.Tools[0].Auth
        );
        Assert.Equal(new LegacyAuth(Scheme: null), manifest.Tools[1].Auth);
        var oauth2 = Assert.IsType<OAuth2Scheme>(manifest.Tools[2].Auth!.Scheme);
        Assert.Equal(
            ("https://weather.example/token", OAuth2Flow.ClientCredentials),
            (oauth2.TokenUrl, oauth2.Flows[0])
        );
    }

    [Theory]
    [InlineData("version: 1.10.0", "1.10.0")]
    [InlineData("version: \"2.0.0\"", "2.0.0")]
    public void Versions_keep_their_text(string line, string version)
    {
        Assert.Equal(
            version,
            Read(ManifestSamples.Older.Replace("version: 0.1.0", line, StringComparison.Ordinal)).Version
        );
    }

    [Fact]
    public void Schemas_have_no_line_feeds_even_when_the_manifest_has()
    {
        var pretty =
            "{\"connector\": {\"name\": \"a\", \"version\": \"1.0.0\", \"base_url\": \"https://a.example\", \"tools\": [{\n"
            + "\"name\": \"t\", \"description\": \"Does it.\", \"endpoint\": \"GET /x\",\n\"input_schema\": {\n \"type\" : \"object\",\r\n"
            + "\t\"title\": \"two  words \\\" \\\\\", \"properties\" : { \"a\" : { } } } } ] } }";
        Assert.Equal(
            "{\"type\":\"object\",\"title\":\"two  words \\\" \\\\\",\"properties\":{\"a\":{}}}",
            Read(pretty).Tools[0].InputSchema.ToString()
        );
    }

    private static ConnectorManifest Read(string text)
    {
        var result = ManifestReader.Read(Encoding.UTF8.GetBytes(text), "sample.yaml");
        Assert.Empty(result.Findings);
        return result.Manifest!;
    }
}
