using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using McpRuntime.Configuration;
using McpRuntime.Documents.Yaml;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Manifests;

public class YamlEmitterTests
{
    private static readonly string[] Fragments =
    [
        "",
        "a",
        "word",
        "two words",
        " lead",
        "trail ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        " \n",
        "\n ",
        "#",
        " #",
        "# ",
        ":",
        ": ",
        " :",
        "-",
        "- ",
        "?",
        "? ",
        "~",
        "null",
        "true",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "N",
        "1",
        "1.0",
        "1.0.7",
        "0x1F",
        "0o7",
        "007",
        "1e3",
        "12:30:45",
        "2024-01-31",
        "<<",
        "=",
        "*",
        "&a",
        "!",
        "!!str",
        "|",
        ">",
        "@",
        "`",
        "%",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "\\",
        "\0",
        "\u0007",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "é",
        "😀",
        "\ud800",
        "\udc00",
        "---",
        "...",
        "/",
        "$ref",
        "^[a-z]+$",
        ".inf",
        ".",
        "+1",
        "http://x/y?z=1#f",
        "\\u0041",
        "  ",
        "\u200b",
        "\u202e",
    ];

    [Theory]
    [InlineData("""{"a":"no"}""", "a: \"no\"\n")]
    [InlineData("""{"a":"1.0"}""", "a: \"1.0\"\n")]
    [InlineData("""{"a":"1.0.7"}""", "a: 1.0.7\n")]
    [InlineData(
        """{"a":1.10,"b":123456789012345678901234567890,"c":1e3}""",
        "a: 1.10\nb: 123456789012345678901234567890\nc: 1e3\n"
    )]
    [InlineData("""{"a":""}""", "a: \"\"\n")]
    [InlineData("""{"200":"~"}""", "\"200\": \"~\"\n")]
    [InlineData("""{"a":"2024-01-31"}""", "a: \"2024-01-31\"\n")]
    [InlineData("""{"a":"^\\d+$"}""", "a: ^\\d+$\n")]
    [InlineData("""{"a":"\\d: x"}""", "a: '\\d: x'\n")]
    [InlineData("""{"a":"say: \"it's\""}""", "a: 'say: \"it''s\"'\n")]
    [InlineData("""{"a":"one\ntwo"}""", "a: |-\n  one\n  two\n")]
    [InlineData("""{"a":"one\n\ntwo\n"}""", "a: |\n  one\n\n  two\n")]
    [InlineData("""{"a":"one\n\n\n","b":1}""", "a: |+\n  one\n\n\nb: 1\n")]
    [InlineData("""{"a":"\n one"}""", "a: \"\\n one\"\n")]
    [InlineData("""{"a":"tab\tx\ny"}""", "a: \"tab\\tx\\ny\"\n")]
    [InlineData("""{"a":"\u2028\ufeff"}""", "a: \"\\u2028\\uFEFF\"\n")]
    [InlineData("""{"a":"\ud800"}""", "a: \uFFFD\n")]
    [InlineData("""{"a":{},"b":[]}""", "a: {}\nb: []\n")]
    [InlineData("""{"a":{"b":{"in":"path","name":"petId"}}}""", "a:\n  b: { in: path, name: petId }\n")]
    [InlineData("""{"a":{"b":["x","y: z",null,true]}}""", "a:\n  b: [x, \"y: z\", null, true]\n")]
    [InlineData("""{"a":{"b":{"c":["x"],"d":[]}}}""", "a:\n  b: { c: [x], d: [] }\n")]
    [InlineData("""{"a":{"b":{"c":{"d":1}}}}""", "a:\n  b:\n    c: { d: 1 }\n")]
    [InlineData("""{"a":[{"b":1,"c":{"d":{"e":1}}},{"f":2}]}""", "a:\n- b: 1\n  c:\n    d: { e: 1 }\n- { f: 2 }\n")]
    [InlineData("""{"a":[["x"],[["z"]]]}""", "a:\n- [x]\n- - [z]\n")]
    [InlineData("""{"a":{"b":{"c":"line\nline"}}}""", "a:\n  b:\n    c: |-\n      line\n      line\n")]
    public void Json_becomes_readable_yaml(string json, string yaml)
    {
        Assert.Equal(yaml, Emit(json));
    }

    [Fact]
    public void A_line_that_would_be_too_long_becomes_a_block()
    {
        var items = string.Join(",", Enumerable.Range(0, 30).Select(i => $"\"item{i}\""));
        var yaml = Emit("{\"a\":{\"b\":{\"c\":[" + items + "]}}}");
        Assert.All(yaml.Split('\n'), line => Assert.True(line.Length <= 120));
        Assert.Equal(33, yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_key_beyond_the_limit_of_yaml_is_marked()
    {
        var key = new string('k', 3000);
        AssertSame($$$"""{"{{{key}}}":{"x":[1,{"y":"z"}],"{{{key}}}2":"v"},"b":[{"{{{key}}}":1}]}""");
    }

    [Fact]
    public void Every_pair_of_nasty_fragments_reads_back()
    {
        foreach (var first in Fragments)
        {
            var values = Fragments.Select(second => Quote(first + second)).ToArray();
            var list = string.Join(",", values);
            var members = string.Join(",", values.Distinct().Select(value => $"{value}:{value}"));
            var single = string.Join(",", values.Select(value => "{\"k\":" + value + "}"));
            AssertSame(
                $"{{\"t\":{{\"s\":[{list}],\"m\":{{\"d\":{values[3]},\"e\":[{values[7]}]}},\"x\":{values[9]}}}}}"
            );
            AssertSame($"[{single}]");
            AssertSame($"{{\"a\":{{\"b\":{{{members}}}}}}}");
        }
    }

    [Fact]
    public void A_key_with_an_asterisk_stays_a_key() =>
        AssertSame("""{"a":{"":"","trail *":""},"b":{"trail *off":{"c":""}}}""");

    [Fact]
    public void Any_json_reads_back()
    {
        var text = Gen.ArrayOf(Gen.Elements(Fragments)).Select(parts => Quote(string.Concat(parts.Take(6))));
        var scalar = Gen.Frequency(
            (6, text),
            (
                1,
                Gen.Elements(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1.10",
                    "-0",
                    "1E+9",
                    "98765432109876543210",
                    "{}",
                    "[]"
                )
            )
        );
        Prop.ForAll(Value(scalar, text, depth: 4).ToArbitrary(), json => AssertSame("{\"root\":" + json + "}"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static Gen<string> Value(Gen<string> scalar, Gen<string> key, int depth)
    {
        if (depth == 0)
            return scalar;
        var inner = Value(scalar, key, depth - 1);
        var list = inner.ArrayOf().Select(items => $"[{string.Join(",", items.Take(5))}]");
        var member = key.SelectMany(_ => inner, (name, value) => (name, value));
        var mapping = member
            .ArrayOf()
            .Select(members =>
                $"{{{string.Join(",", members.Take(5).DistinctBy(entry => JsonDocument.Parse(entry.name).RootElement.ToString()).Select(entry => $"{entry.name}:{entry.value}"))}}}"
            );
        return Gen.Frequency((1, scalar), (2, list), (3, mapping));
    }

    private static void AssertSame(string json)
    {
        var yaml = Emit(json);
        var back = YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml), null, new DocumentLimits()).Json;
        using var expected = JsonDocument.Parse(json);
        using var actual = JsonDocument.Parse(back);
        Assert.True(
            JsonElement.DeepEquals(expected.RootElement, actual.RootElement),
            $"{json}\nbecame\n{yaml}\nwhich reads as\n{Encoding.UTF8.GetString(back.Span)}"
        );
    }

    // What a lone surrogate becomes is decided before: U+FFFD.
    private static string Quote(string text)
    {
        var output = new JsonBuffer(text.Length);
        output.String(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        return Encoding.UTF8.GetString(output.Written.Span);
    }

    private static string Emit(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        var yaml = new YamlBuffer(output);
        YamlEmitter.Write(Encoding.UTF8.GetBytes(json), yaml);
        yaml.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
