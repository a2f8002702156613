using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Arguments;

/// <summary>What each level refuses, what it sends, and which values are converted or left out on the way.</summary>
public class ArgumentCheckTests
{
    private const string Pets =
        """{"oneOf":[{"$ref":"#/definitions/Dog"},{"$ref":"#/definitions/Cat"}],"discriminator":{"propertyName":"kind","mapping":{"dog":"#/definitions/Dog","cat":"#/definitions/Cat"}}}""";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<string, JsonText> Definitions = new()
    {
        ["Dog"] = JsonText.Parse(
            """{"type":"object","properties":{"kind":{"type":"string"},"barks":{"type":"boolean"}},"required":["barks"]}"""
        ),
        ["Cat"] = JsonText.Parse(
            """{"type":"object","properties":{"kind":{"type":"string"},"lives":{"type":"integer","maximum":9}}}"""
        ),
        ["Size"] = JsonText.Parse("""{"type":"string","enum":["s","l"]}"""),
    };

    // Location of the argument 'a', its schema, what is given, and what standard sends, with the pointers of its
    // warnings.
    [Theory]
    // Everything but types is said, not enforced.
    [InlineData("body", """{"type":"string","enum":["x"]}""", "\"y\"", "\"y\" /a")]
    [InlineData("body", """{"type":"string","pattern":"^x"}""", "\"y\"", "\"y\" /a")]
    [InlineData("body", """{"type":"integer","maximum":5}""", "6", "6 /a")]
    [InlineData("body", """{"type":"array","minItems":2,"items":{"type":"integer"}}""", "[1]", "[1] /a")]
    [InlineData("body", """{"type":"object","required":["x"],"properties":{"x":{}}}""", "{}", "{} /a/x")]
    [InlineData(
        "body",
        """{"type":"object","properties":{"x":{}},"additionalProperties":false}""",
        """{"y":1}""",
        """{"y":1} /a/y"""
    )]
    [InlineData("body", """{"not":{"type":"string"}}""", "\"y\"", "\"y\" /a")]
    [InlineData("body", """{"$ref":"#/definitions/Size"}""", "\"m\"", "\"m\" /a")]
    [InlineData("query", """{"type":"string","enum":["x"]}""", "\"y\"", "\"y\" /a")]
    [InlineData("cookie", """{"type":"string","pattern":"^x"}""", "\"y\"", "\"y\" /a")]
    [InlineData("path", """{"type":"string","maxLength":1}""", "\"yy\"", "\"yy\" /a")]
    // One form is enough.
    [InlineData("body", """{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "5", "5")]
    [InlineData("body", Pets, """{"barks":true,"lives":3}""", """{"barks":true,"lives":3}""")]
    // A discriminator that maps: only what the value names is judged.
    [InlineData("body", Pets, """{"kind":"cat","barks":5}""", """{"kind":"cat","barks":5}""")]
    [InlineData("body", Pets, """{"kind":"dog","lives":3}""", """{"kind":"dog","lives":3} /a/barks""")]
    [InlineData("body", Pets, """{"kind":"cat","lives":10}""", """{"kind":"cat","lives":10} /a/lives""")]
    [InlineData("body", Pets, """{"kind":"cow","barks":true}""", """{"kind":"cow","barks":true}""")]
    // Conversions.
    [InlineData("body", """{"type":"integer"}""", "\"5\"", "5")]
    [InlineData("body", """{"type":"number"}""", "\"12345678901234567890.10\"", "12345678901234567890.10")]
    [InlineData("body", """{"type":"boolean"}""", "\"true\"", "true")]
    [InlineData("body", """{"type":"object"}""", """ "{\"x\":1}" """, """{"x":1}""")]
    [InlineData("body", """{"type":"array","items":{"type":"string"}}""", """ "[\"x\"]" """, """["x"]""")]
    [InlineData("body", """{"type":"array","items":{"type":"string"}}""", "\"x\"", """["x"]""")]
    [InlineData("body", """{"type":"array","items":{"type":"integer"}}""", "\"5\"", "[5]")]
    [InlineData("body", """{"type":"array","items":{"type":"object"}}""", """{"x":1}""", """[{"x":1}]""")]
    [InlineData(
        "body",
        """{"type":"object","properties":{"x":{"type":"integer"}}}""",
        """ "{\"x\":\"1\"}" """,
        """{"x":1}"""
    )]
    [InlineData(
        "body",
        """{"type":"object","properties":{"x":{"type":"array","items":{"type":"boolean"}}}}""",
        """{"x":["true",false]}""",
        """{"x":[true,false]}"""
    )]
    [InlineData("body", """{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"5\"", "5")]
    [InlineData("body", """{"type":["integer","null"]}""", "\"5\"", "5")]
    [InlineData("body", """{"allOf":[{"type":"integer"},{"maximum":9}]}""", "\"5\"", "5")]
    [InlineData("body", """{"enum":[1,2]}""", "\"2\"", "2")]
    [InlineData("body", """{"anyOf":[{"type":"string","enum":["auto"]},{"type":"integer"}]}""", "\"5\"", "5")]
    [InlineData("body", """{"type":"integer","maximum":4}""", "\"5\"", "5 /a")]
    [InlineData("query", """{"type":"integer"}""", "\"5\"", "\"5\"")]
    // A value that fits as given is never touched, whatever it might be text of.
    [InlineData("body", """{"type":["string","integer"]}""", "\"5\"", "\"5\"")]
    [InlineData("body", """{}""", "\"true\"", "\"true\"")]
    [InlineData("body", """{"anyOf":[{"type":"string"},{"type":"array"}]}""", "\"[]\"", "\"[]\"")]
    [InlineData("body", """{"type":"string","pattern":"^x"}""", "\"5\"", "\"5\" /a")]
    [InlineData("body", """{"minLength":3}""", "\"5\"", "\"5\" /a")]
    // A nested null is never a reason.
    [InlineData(
        "body",
        """{"type":"object","required":["x"],"properties":{"x":{"type":"string"}}}""",
        """{"x":null}""",
        """{"x":null} /a/x"""
    )]
    [InlineData("body", """{"type":"array","items":{"type":"string"}}""", "[null]", "[null] /a/0")]
    public async Task Standard_sends_what_an_api_might_take(
        string location,
        string schema,
        string given,
        string expected
    )
    {
        await using var bench = Bench();
        var space = expected.LastIndexOf(" /", StringComparison.Ordinal);
        var (value, pointers) = space < 0 ? (expected, "") : (expected[..space], expected[(space + 1)..]);
        var preview = await bench.PreviewAsync(Tool(location, schema), $$"""{"a":{{given}}}""");
        Assert.Equal(value, Sent(preview, location));
        Assert.Equal(pointers, string.Join(' ', preview.SchemaWarnings.Select(warning => warning.InstancePointer)));
        await using var strict = Bench(ArgumentCheck.Strict);
        if (pointers.Length == 0)
            Assert.Equal(
                value,
                Sent(await strict.PreviewAsync(Tool(location, schema), $$"""{"a":{{given}}}"""), location)
            );
        else
            Assert.Contains(
                "nothing was sent:\n- ",
                await strict.RefusedAsync(Tool(location, schema), $$"""{"a":{{given}}}"""),
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("body", """{"type":"integer"}""", """{"a":"x"}""", "/a must be an integer, is a string: \"x\"")]
    [InlineData("body", """{"type":"integer"}""", """{"a":"5.5"}""", "/a must be an integer")]
    [InlineData("body", """{"type":"boolean"}""", """{"a":1}""", "/a must be a boolean")]
    [InlineData("body", """{"type":"string"}""", """{"a":5}""", "/a must be a string, is a number: 5")]
    [InlineData("body", """{"type":"string"}""", """{"a":{}}""", "/a must be a string, is an object")]
    [InlineData(
        "body",
        """{"type":"object","properties":{"x":{"type":"integer"}}}""",
        """{"a":{"x":"y"}}""",
        "/a/x must be an integer"
    )]
    [InlineData(
        "body",
        """{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"}}]}""",
        """{"a":{}}""",
        "/a must be an array or an integer"
    )]
    [InlineData("query", """{"type":"integer"}""", """{"a":"x"}""", "/a must be an integer")]
    // Two conversions would do, so none is made.
    [InlineData(
        "query",
        """{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"integer"}}]}""",
        """{"a":5}""",
        "/a must be an array or a string, is a number: 5"
    )]
    [InlineData(
        "body",
        """{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"string"}}],"multipleOf":1}""",
        """{"a":"5"}""",
        "/a must be an array or an integer, is a string"
    )]
    [InlineData("body", """{"type":"string"}""", """{"a":"x","b":1}""", "'b' is not an argument of this tool")]
    [InlineData("body", """{"type":"string"}""", """{}""", "/a is required")]
    [InlineData("body", """{"type":"string"}""", """{"a":null}""", "/a must be a string, is null")]
    [InlineData("path", """{"type":"string","enum":["x"]}""", """{"a":"y"}""", "/a must be \"x\"")]
    [InlineData("path", """{"type":"string","pattern":"^x"}""", """{"a":"y"}""", "/a must match the pattern ^x")]
    [InlineData(
        "path",
        """{"anyOf":[{"const":"x"},{"const":"z"}]}""",
        """{"a":"y"}""",
        "/a must be one of \"x\" or \"z\""
    )]
    [InlineData(
        "header",
        """{"type":"array","items":{"$ref":"#/definitions/Size"}}""",
        """{"a":["m"]}""",
        "/a/0 must be one of \"s\" or \"l\""
    )]
    [InlineData("header", """{"type":"string","pattern":"^x"}""", """{"a":"y"}""", "/a must match the pattern ^x")]
    public async Task Standard_refuses_what_is_certain(string location, string schema, string arguments, string reason)
    {
        await using var bench = Bench();
        var message = await bench.RefusedAsync(Tool(location, schema, isRequired: true), arguments);
        Assert.Contains($"nothing was sent:\n- {reason}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Also", message, StringComparison.Ordinal);
    }

    // In a text, 5 and "5" are the same bytes.
    [Theory]
    [InlineData("path", """{"type":"string","pattern":"^[0-9]+$"}""", "5", "5")]
    [InlineData("query", """{"type":"string"}""", "5.0", "5.0")]
    [InlineData("query", """{"type":"array","items":{"type":"string"}}""", "[true,5]", "true&a=5")]
    [InlineData("header", """{"$ref":"#/definitions/Size"}""", "\"s\"", "s")]
    [InlineData("header", """{"type":"string"}""", "false", "false")]
    [InlineData("cookie", """{"type":"string"}""", "1e2", "1e2")]
    public async Task A_number_or_boolean_is_as_good_as_its_text_where_text_is_written(
        string location,
        string schema,
        string given,
        string text
    )
    {
        await using var bench = Bench();
        Assert.Equal(
            JsonSerializer.Serialize(text, Plain),
            Sent(await bench.PreviewAsync(Tool(location, schema), $$"""{"a":{{given}}}"""), location)
        );
    }

    // Delimiter (null where each item is written on its own), the schema of the items, the text, and what is written.
    [Theory]
    [InlineData("query", "comma", """{"type":"integer"}""", "70,151,12", "70,151,12")]
    [InlineData("query", "comma", """{"type":"integer"}""", "70, 151 ,12", "70,151,12")]
    [InlineData("query", "comma", """{"type":"string"}""", "x,5", "x,5")]
    [InlineData("query", "comma", "{}", "x,5", "x,5")]
    [InlineData("query", "comma", """{"type":"number"}""", "1.50,-2e3", "1.50,-2e3")]
    [InlineData("query", "pipe", """{"type":"boolean"}""", "true|false", "true%7Cfalse")]
    [InlineData("query", "pipe", """{"type":"string"}""", "a,b", "a%2Cb")]
    [InlineData("query", "space", """{"type":"integer"}""", "1 2", "1%202")]
    [InlineData("query", "tab", """{"type":"string"}""", "a b\tc", "a%20b%09c")]
    [InlineData("path", "comma", """{"$ref":"#/definitions/Size"}""", "s,l", "s,l")]
    [InlineData("header", "comma", """{"type":"integer"}""", "1,2", "1,2")]
    [InlineData("cookie", "comma", """{"type":"integer"}""", "1,2", "1,2")]
    [InlineData("form", "comma", """{"type":"integer"}""", "1,2", "1,2")]
    // Each on its own: a comma separates only where that alone makes it fit.
    [InlineData("query", null, """{"type":"integer"}""", "70,151", "70&a=151")]
    [InlineData("query", null, """{"$ref":"#/definitions/Size"}""", "s,l", "s&a=l")]
    [InlineData("query", null, """{"type":"string"}""", "a,b", "a%2Cb")]
    [InlineData("form", null, """{"type":"integer"}""", "1,2", "1&a=2")]
    public async Task Delimited_text_is_its_items(
        string location,
        string? delimiter,
        string items,
        string text,
        string expected
    )
    {
        foreach (var level in Enum.GetValues<ArgumentCheck>())
        {
            await using var bench = Bench(level);
            var tool = List(location, delimiter, items);
            var preview = await bench.PreviewAsync(tool, $$"""{"a":{{JsonSerializer.Serialize(text)}}}""");
            Assert.Equal(
                expected,
                location == "form"
                    ? Encoding.UTF8.GetString(preview.Body.Span)[2..]
                    : JsonElement.Parse(Sent(preview, location)).GetString()
            );
            Assert.Empty(preview.SchemaWarnings);
        }
    }

    [Theory]
    // A comma is nothing to pipes, and in JSON to no one.
    [InlineData("query", "pipe", """{"type":"integer"}""", "1,2")]
    [InlineData("query", "comma", """{"type":"integer"}""", "1,x")]
    [InlineData("query", "comma", """{"type":"integer"}""", "1,,2")]
    [InlineData("query", "comma", """{"type":"integer"}""", "{\"x\":1,\"y\":2}")]
    [InlineData("body", null, """{"type":"integer"}""", "1,2")]
    public async Task Text_without_the_delimiter_of_its_place_is_not_a_list(
        string location,
        string? delimiter,
        string items,
        string text
    )
    {
        await using var bench = Bench();
        var message = await bench.RefusedAsync(
            List(location, delimiter, items),
            $$"""{"a":{{JsonSerializer.Serialize(text)}}}"""
        );
        Assert.Contains("/a", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_in_a_list_are_split_by_their_own_delimiter()
    {
        await using var bench = Bench();
        var tool = List("query", "comma", """{"type":"array","items":{"type":"integer"}}""");
        tool = tool with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = tool.Arguments!["a"] with { Items = new ArrayItems(ArrayDelimiter.Pipe) },
            },
        };
        Assert.Equal("\"1%7C2,3\"", Sent(await bench.PreviewAsync(tool, """{"a":["1|2",[3]]}"""), "query"));
    }

    [Fact]
    public async Task A_refusal_also_says_what_else_does_not_fit()
    {
        await using var bench = Bench();
        var tool = Tool("body", """{"type":"object","properties":{"n":{"type":"integer"},"e":{"enum":["x"]}}}""");
        var message = await bench.RefusedAsync(tool, """{"a":{"n":"y","e":"y"}}""");
        Assert.Contains(
            "- /a/n must be an integer, is a string: \"y\"\nAlso, not a reason to refuse by itself:\n- /a/e must be \"x\", is \"y\"",
            message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("POST", "application/json", """{"b":1}""")]
    [InlineData("PUT", "application/json", """{"b":1}""")]
    [InlineData("POST", "application/x-www-form-urlencoded", "b=1")]
    [InlineData("PATCH", "application/x-www-form-urlencoded", "b=1")]
    [InlineData("PATCH", "application/json", """{"a":null,"b":1}""")]
    [InlineData("POST", "application/merge-patch+json", """{"a":null,"b":1}""")]
    public async Task A_null_that_the_schema_does_not_know_is_sent_where_it_deletes(
        string method,
        string type,
        string body
    )
    {
        foreach (var level in Enum.GetValues<ArgumentCheck>())
        {
            await using var bench = Bench(level);
            var tool = Nullable($"{method} /x", type);
            var preview = await bench.PreviewAsync(tool, """{"a":null,"b":1,"q":null,"h":null,"c":null}""");
            Assert.Equal(body, Encoding.UTF8.GetString(preview.Body.Span));
            Assert.EndsWith("/x", preview.Url, StringComparison.Ordinal);
            Assert.DoesNotContain(preview.Headers, header => header.Key is "h" or "Cookie");
            Assert.Empty(preview.SchemaWarnings);
        }
    }

    [Theory]
    [InlineData("POST", """{"a":{"x":null,"y":[{"x":null}]}}""", """{"a":{"y":[{}]}}""")]
    [InlineData(
        "PATCH",
        """{"a":{"x":null,"y":[{"x":null}],"n":"1"}}""",
        """{"a":{"x":null,"y":[{"x":null}],"n":1}}"""
    )]
    [InlineData("POST", """{"a":"{\"x\":null,\"n\":\"1\"}"}""", """{"a":{"n":1}}""")]
    [InlineData("POST", """{"a":{"z":null}}""", """{"a":{"z":null}}""")]
    public async Task Nested_nulls_follow_the_same_rule(string method, string arguments, string body)
    {
        await using var bench = Bench(ArgumentCheck.Strict);
        var tool = Body(
            $"{method} /x",
            "application/json",
            """{"type":"object","properties":{"x":{"type":"string"},"n":{"type":"integer"},"z":{"type":["string","null"]},"y":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}}}}"""
        );
        Assert.Equal(body, Encoding.UTF8.GetString((await bench.PreviewAsync(tool, arguments)).Body.Span));
    }

    [Theory]
    [InlineData("PATCH", "application/merge-patch+json")]
    [InlineData("POST", "application/json")]
    public async Task A_null_as_the_whole_body_is_not_a_body(string method, string type)
    {
        await using var bench = Bench();
        var tool = Body($"{method} /x", type, """{"type":"object"}""") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>(),
        };
        tool = AsImported(tool with { Body = tool.Body! with { Argument = "a" } });
        Assert.False((await bench.PreviewAsync(tool, """{"a":null}""")).HasBody);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(422, true)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task Where_an_api_refuses_arguments_the_error_says_what_does_not_fit(int status, bool says)
    {
        await using var bench = new CallBench(RecordingUpstream.Start(UpstreamAnswer.Empty(status)))
        {
            Connector = Connector,
        };
        var answer = await bench.CallAsync(Tool("body", """{"type":"string","enum":["x"]}"""), """{"a":"y"}""");
        Assert.Single(bench.Upstream.Requests);
        Assert.Equal(
            says,
            CallBench
                .AllText(answer)
                .Contains("which may be why:\n- /a must be \"x\", is \"y\"", StringComparison.Ordinal)
        );
        Assert.Equal(says, answer.Structured!.ToElement().TryGetProperty("schema_warnings", out var warnings));
        if (says)
            Assert.Equal("/a", warnings[0].GetProperty("pointer").GetString());
        var fitting = await bench.CallAsync(Tool("body", """{"type":"string"}"""), """{"a":"y"}""");
        Assert.DoesNotContain("which may be why", CallBench.AllText(fitting), StringComparison.Ordinal);
    }

    // Level of the setting, the connector and the tool, how the schema was made, and whether a wrong enum is refused.
    [Theory]
    [InlineData(null, null, null, "imported", false)]
    [InlineData("strict", null, null, "imported", true)]
    [InlineData("strict", "standard", null, "imported", false)]
    [InlineData(null, "strict", null, "imported", true)]
    [InlineData(null, "strict", "standard", "imported", false)]
    [InlineData(null, null, "strict", "imported", true)]
    [InlineData(null, "standard", null, "by hand", true)]
    [InlineData(null, null, null, "narrowed", true)]
    [InlineData(null, "standard", null, "narrowed", true)]
    [InlineData(null, null, "standard", "narrowed", false)]
    [InlineData(null, null, null, "shared narrowed", true)]
    [InlineData(null, null, null, "other shared narrowed", false)]
    [InlineData(null, null, null, "described", false)]
    public async Task The_level_is_the_nearest_one_and_what_was_written_by_hand_is_meant(
        string? setting,
        string? connector,
        string? toolLevel,
        string schema,
        bool refuses
    )
    {
        await using var bench = Bench(Level(setting) ?? ArgumentCheck.Standard);
        bench.Connector = bench.Connector with { ArgumentCheck = Level(connector) };
        var tool = Tool("body", """{"allOf":[{"$ref":"#/definitions/Size"}],"minLength":1}""") with
        {
            ArgumentCheck = Level(toolLevel),
        };
        tool = schema switch
        {
            "by hand" => tool with { ImportedSchema = null },
            "narrowed" => tool with
            {
                InputSchema = JsonText.Parse(
                    tool.InputSchema.ToString().Replace("\"minLength\":1", "\"minLength\":2", StringComparison.Ordinal)
                ),
            },
            "described" => tool with
            {
                InputSchema = JsonText.Parse(
                    tool.InputSchema.ToString()
                        .Replace(
                            "\"minLength\":1",
                            "\"minLength\":1, \"description\":\"Words.\"",
                            StringComparison.Ordinal
                        )
                ),
            },
            _ => tool,
        };
        if (schema.EndsWith("shared narrowed", StringComparison.Ordinal))
        {
            var name = schema == "shared narrowed" ? "Size" : "Cat";
            bench.Connector = bench.Connector with
            {
                Definitions = new Dictionary<string, JsonText>(Definitions)
                {
                    [name] = JsonText.Parse("""{"type":"string","enum":["s"]}"""),
                },
            };
        }
        var answer = await bench.CallAsync(tool, """{"a":"x"}""");
        Assert.Equal(refuses, answer.IsError);
        Assert.Equal(refuses ? 0 : 1, bench.Upstream.Requests.Count);
    }

    [Fact]
    public async Task What_is_not_unicode_text_is_refused()
    {
        await using var bench = Bench();
        Assert.Contains(
            "not Unicode text",
            await bench.RefusedAsync(Tool("body", """{"type":"string","enum":["x"]}"""), """{"a":"\ud800"}"""),
            StringComparison.Ordinal
        );
    }

    private static ConnectorManifest Connector { get; } =
        new()
        {
            Name = "api",
            Version = "1.0.0",
            BaseUrl = "",
            Tools = [],
            Definitions = Definitions,
        };

    private static ArgumentCheck? Level(string? word) =>
        word switch
        {
            "standard" => ArgumentCheck.Standard,
            "strict" => ArgumentCheck.Strict,
            _ => null,
        };

    private static CallBench Bench(ArgumentCheck level = ArgumentCheck.Standard) =>
        new(RecordingUpstream.Start(UpstreamAnswer.Json("{}")), CallBench.Settings with { ArgumentCheck = level })
        {
            Connector = Connector,
        };

    private static ToolManifest AsImported(ToolManifest tool) =>
        tool with
        {
            ImportedSchema = new SchemaFingerprints(Definitions).Of(tool.InputSchema).ToString(),
        };

    private static ToolManifest Tool(string location, string schema, bool isRequired = false)
    {
        var tool = CallBench.Tool(
            location == "path" ? "POST /{a}" : "POST /x",
            $$"""{"type":"object","properties":{"a":{{schema}}}{{(isRequired ? ",\"required\":[\"a\"]" : "")}},"additionalProperties":false}"""
        );
        return AsImported(
            tool with
            {
                Arguments = new Dictionary<string, ArgumentBinding>
                {
                    ["a"] = new() { In = Enum.Parse<ArgumentLocation>(location, ignoreCase: true), Name = "a" },
                },
                Body = location == "body" ? new BodyBinding { ContentType = "application/json" } : null,
            }
        );
    }

    private static ToolManifest List(string location, string? delimiter, string items)
    {
        var schema = $$"""{"type":"array","items":{{items}}}""";
        var (explode, between) = (
            delimiter is null,
            delimiter is null ? ArrayDelimiter.Comma : Enum.Parse<ArrayDelimiter>(delimiter, ignoreCase: true)
        );
        if (location == "form")
        {
            var form = Body("POST /x", "application/x-www-form-urlencoded", schema);
            var encoding = new Dictionary<string, PartEncoding>
            {
                ["a"] = new() { Explode = explode, Delimiter = between },
            };
            return form with { Body = form.Body! with { Encoding = encoding } };
        }
        var tool = Tool(location, schema);
        return tool with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = tool.Arguments!["a"] with { Explode = explode, Delimiter = between },
            },
        };
    }

    private static ToolManifest Body(string endpoint, string type, string schema) =>
        AsImported(
            CallBench.Tool(
                endpoint,
                $$"""{"type":"object","properties":{"a":{{schema}}},"additionalProperties":false}"""
            ) with
            {
                Arguments = new Dictionary<string, ArgumentBinding>
                {
                    ["a"] = new() { In = ArgumentLocation.Body, Name = "a" },
                },
                Body = new BodyBinding { ContentType = type },
            }
        );

    private static ToolManifest Nullable(string endpoint, string type) =>
        AsImported(
            CallBench.Tool(
                endpoint,
                """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"},"q":{"type":"string"},"h":{"type":"string"},"c":{"type":"string"}},"additionalProperties":false}"""
            ) with
            {
                Arguments = new Dictionary<string, ArgumentBinding>
                {
                    ["a"] = new() { In = ArgumentLocation.Body, Name = "a" },
                    ["b"] = new() { In = ArgumentLocation.Body, Name = "b" },
                    ["q"] = new()
                    {
                        In = ArgumentLocation.Query,
                        Name = "q",
                        AllowEmpty = true,
                    },
                    ["h"] = new() { In = ArgumentLocation.Header, Name = "h" },
                    ["c"] = new() { In = ArgumentLocation.Cookie, Name = "c" },
                },
                Body = new BodyBinding { ContentType = type },
            }
        );

    // The argument as it is in the request, as JSON.
    private static string Sent(RequestPreview preview, string location)
    {
        if (location == "body")
            return JsonElement.Parse(preview.Body.Span).GetProperty("a").GetRawText();
        var text = location switch
        {
            "path" => preview.Url[(preview.Url.LastIndexOf('/') + 1)..],
            "query" => preview.Url[(preview.Url.IndexOf("a=", StringComparison.Ordinal) + 2)..],
            "cookie" => preview.Headers.First(header => header.Key == "Cookie").Value[2..],
            _ => preview.Headers.First(header => header.Key == "a").Value,
        };
        return JsonSerializer.Serialize(text, Plain);
    }
}
