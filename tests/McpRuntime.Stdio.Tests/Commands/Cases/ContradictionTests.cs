using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// Documents that contradict themselves: what a careful reader would send is sent, and each repair is reported.
/// </summary>
public sealed class ContradictionTests : IClassFixture<ImportedCases>
{
    private const string Dog = """{"kind":"Dog","name":"Rex","barks":true}""";

    private readonly ImportedCases _cases;

    // Strict: in standard a nested schema that no value satisfies would not be noticed, since the value is sent anyway.
    public ContradictionTests(ImportedCases cases)
    {
        _cases = cases;
        _cases.Runtime.Environment["MCP_RUNTIME_ARGUMENT_CHECK"] = "strict";
    }

    [Theory]
    [InlineData("nswag-inherit.json", "dogs_create", Dog, "/dogs", Dog)]
    [InlineData(
        "nswag-inherit.json",
        "kennels_create",
        $$"""{"title":"K","dogs":[{{Dog}}]}""",
        "/kennels",
        $$"""{"title":"K","dogs":[{{Dog}}]}"""
    )]
    [InlineData("nswag-inherit.json", "pets_create", $$"""{"body":{{Dog}}}""", "/pets", Dog)]
    [InlineData(
        "nswag-inherit.json",
        "pets_create",
        """{"body":{"kind":"Cat","lives":9}}""",
        "/pets",
        """{"kind":"Cat","lives":9}"""
    )]
    [InlineData(
        "nswag-inherit.json",
        "rules_create",
        """{"body":{"type":"a","x":1}}""",
        "/rules",
        """{"type":"a","x":1}"""
    )]
    [InlineData(
        "nswag-inherit.json",
        "rules_create",
        """{"body":{"type":"b","y":2}}""",
        "/rules",
        """{"type":"b","y":2}"""
    )]
    [InlineData(
        "contradictions.json",
        "analytics",
        """
            {"metrics":["views","clicks"],"filters":["bounce","open"],"level":2,"dry":false,"slug":"a-b","code":"de","zslug":"a_B-1",
             "day":"2024-01-31","kind":2,"const":"5","both":"seven77","page":1,"tags":["x","y"]}
            """,
        "/analytics?metrics=views&metrics=clicks&filters=bounce,open&level=2&dry=false&slug=a-b&code=de&zslug=a_B-1"
            + "&day=2024-01-31&kind=2&const=5&both=seven77&page=1",
        """{"tags":["x","y"]}"""
    )]
    [InlineData(
        "type-null.json",
        "create_message",
        """{"q":"a","r":3,"model":"huge","meta":{"a":"b"},"list":["x"],"any":{"b":[1]},"maybe":null}""",
        "/messages?q=a&r=3",
        """{"model":"huge","meta":{"a":"b"},"list":["x"],"any":{"b":[1]},"maybe":null}"""
    )]
    public async Task What_the_author_meant_is_sent(
        string file,
        string tool,
        string arguments,
        string target,
        string body
    )
    {
        var request = await _cases.SentAsync(file, tool, arguments);

        Assert.Equal($"POST {target} HTTP/1.1", request.RequestLine);
        Assert.Equal(["application/json"], request.Header("Content-Type"));
        Assert.Equal(body, request.BodyText);
    }

    [Theory]
    [InlineData(
        "kennels_create",
        """{"dogs":[{"kind":"Dog","lives":9}]}""",
        "'lives' is not a known member of /dogs/0"
    )]
    [InlineData("pets_create", """{"body":{"kind":"Dog","lives":9}}""", "'lives' is not a known member of /body")]
    [InlineData("rules_create", """{"body":{"type":"a","x":1,"z":2}}""", "'z' is not a known member of /body")]
    public async Task The_whole_stays_closed(string tool, string arguments, string message)
    {
        await _cases.ImportAsync("nswag-inherit.json");

        var (output, requests) = await _cases.CallAsync(tool, arguments);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
        Assert.Empty(requests);
    }

    [Theory]
    [InlineData(
        "nswag-inherit.json",
        "/components/schemas/Cat",
        "/components/schemas/Dog",
        "/components/schemas/Rule",
        "/paths/~1dogs/post/requestBody/content/application~1json/schema"
    )]
    [InlineData(
        "contradictions.json",
        "/paths/~1analytics/post/parameters/0/schema/enum",
        "/paths/~1analytics/post/parameters/1/schema/enum",
        "/paths/~1analytics/post/parameters/10/schema/minLength",
        "/paths/~1analytics/post/parameters/11/schema/default",
        "/paths/~1analytics/post/parameters/2/schema/enum",
        "/paths/~1analytics/post/parameters/3/schema/enum",
        "/paths/~1analytics/post/parameters/4/schema/pattern",
        "/paths/~1analytics/post/parameters/5/schema/pattern",
        "/paths/~1analytics/post/parameters/6/schema/pattern",
        "/paths/~1analytics/post/parameters/7/schema/pattern",
        "/paths/~1analytics/post/parameters/8/schema/type",
        "/paths/~1analytics/post/parameters/9/schema/const",
        "/paths/~1analytics/post/requestBody/content/application~1json/schema",
        "/paths/~1analytics/post/requestBody/content/application~1json/schema/properties/tags/enum"
    )]
    // "maybe" has null alone in a branch, where it means the type.
    [InlineData(
        "type-null.json",
        "/paths/~1messages/post/parameters/0/schema/type",
        "/paths/~1messages/post/parameters/1/schema/type",
        "/paths/~1messages/post/requestBody/content/application~1json/schema/properties/any/type",
        "/paths/~1messages/post/requestBody/content/application~1json/schema/properties/list/type",
        "/paths/~1messages/post/requestBody/content/application~1json/schema/properties/meta/type",
        "/paths/~1messages/post/requestBody/content/application~1json/schema/properties/model/type"
    )]
    public async Task Each_repair_is_reported_where_it_is(string file, params string[] pointers)
    {
        var report = await _cases.ImportAsync(file);

        Assert.Equal(pointers, ImportedCases.Pointers(report, "schema-repair"));
        var valid = await _cases.Runtime.RunAsync(
            ["validate", report.GetProperty("file").GetString()!],
            TestContext.Current.CancellationToken
        );
        Assert.True(valid.ExitCode == 0, valid.ToString());
    }

    [Fact]
    public async Task In_3_0_null_is_never_the_type_null()
    {
        var document = await File.ReadAllTextAsync(
            ImportedCases.PathOf("type-null.json"),
            TestContext.Current.CancellationToken
        );
        var report = await _cases.ImportAsync(
            "type-null-3-0",
            document
                .Replace("\"3.1.0\"", "\"3.0.3\"", StringComparison.Ordinal)
                .Replace("createMessage", "sendMessage", StringComparison.Ordinal)
        );

        Assert.Contains(
            "/paths/~1messages/post/requestBody/content/application~1json/schema/properties/maybe/anyOf/1/type",
            ImportedCases.Pointers(report, "schema-repair")
        );
        var (output, requests) = await _cases.CallAsync("send_message", """{"model":"huge"}""");
        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal("""{"model":"huge"}""", Assert.Single(requests).BodyText);
    }
}
