using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents.Yaml;

namespace McpRuntime.Tests.Documents.Yaml;

public class YamlToJsonTests
{
    [Theory]
    // YAML 1.2.2, section 10.3.2: the core schema's regular expressions, one row each and their neighbours.
    [InlineData("null", "null")]
    [InlineData("Null", "null")]
    [InlineData("NULL", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("true", "true")]
    [InlineData("True", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("false", "false")]
    [InlineData("FALSE", "false")]
    [InlineData("no", "\"no\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("42", "42")]
    [InlineData("+42", "42")]
    [InlineData("-42", "-42")]
    [InlineData("0o17", "15")]
    [InlineData("0o18", "\"0o18\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0xffffffffffffffffffff", "1208925819614629174706175")]
    [InlineData("0xg", "\"0xg\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.10", "1.10")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("+1.50", "1.50")]
    [InlineData("1e3", "1e3")]
    [InlineData("1.5E+10", "1.5E+10")]
    [InlineData("1e", "\"1e\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("007", "\"007\"")]
    [InlineData("-007.5", "\"-007.5\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("2024-01-31", "\"2024-01-31\"")]
    [InlineData("2024-01-31T10:00:00Z", "\"2024-01-31T10:00:00Z\"")]
    [InlineData(".", "\".\"")]
    [InlineData("-", "\"-\"", "\"-\"")]
    [InlineData("+", "\"+\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("-.INF", "\"-.INF\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("'42'", "\"42\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str 42", "\"42\"")]
    [InlineData("!!int '42'", "42")]
    [InlineData("!!float 1.50", "1.50")]
    [InlineData("! 42", "\"42\"")]
    [InlineData("!!binary aGk=", "\"aGk=\"")]
    [InlineData("!custom 42", "42")]
    [InlineData("\"tab\\there \\u0007 \\\" \\\\\"", "\"tab\\there \\u0007 \\\" \\\\\"")]
    [InlineData("héllo 😀", "\"héllo 😀\"")]
    public void Plain_scalars_follow_the_core_schema(string yaml, string json, string? written = null)
    {
        Assert.Equal($"{{\"a\":{json}}}", Convert($"a: {written ?? yaml}\n"));
    }

    [Theory]
    [InlineData("200: ok\n1.10: x\nno: y\ntrue: z", """{"200":"ok","1.10":"x","no":"y","true":"z"}""")]
    [InlineData("'null': 1", """{"null":1}""")]
    [InlineData("a: |\n  one\n  two\n", """{"a":"one\ntwo\n"}""")]
    [InlineData("a: >-\n  one\n  two\n", """{"a":"one two"}""")]
    [InlineData("- a\n- [b, {c: d}]\n-\n", """["a",["b",{"c":"d"}],null]""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("&k key: *k", """{"key":"key"}""")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x", """{"a":1,"b":2,"c":2}""")]
    [InlineData("base: &b {p: 1, q: 2}\nx: {<<: *b, q: 3}", """{"base":{"p":1,"q":2},"x":{"q":3,"p":1}}""")]
    [InlineData(
        "a: &a {p: 1}\nb: &b {p: 2, q: 2}\nx:\n  <<: [*a, *b]\n  r: 3",
        """{"a":{"p":1},"b":{"p":2,"q":2},"x":{"r":3,"p":1,"q":2}}"""
    )]
    [InlineData("x:\n  <<: {p: &n {deep: 1}}\ny: *n", """{"x":{"p":{"deep":1}},"y":{"deep":1}}""")]
    [InlineData("'<<': 1", """{"<<":1}""")]
    [InlineData("%YAML 1.2\n---\na: 1\n...\n", """{"a":1}""")]
    [InlineData("# only\na: 1 # comment\n", """{"a":1}""")]
    public void Structure_becomes_json(string yaml, string json)
    {
        Assert.Equal(json, Convert(yaml));
    }

    [Theory]
    [InlineData("a: [1, 2", "yaml-syntax", 1)]
    [InlineData("a:\n  b: 1\n c: 2", "yaml-syntax", 3)]
    [InlineData("a: *nowhere", "yaml-aliases", 1)]
    [InlineData("a: &a [*a]", "yaml-aliases", 1)]
    [InlineData("a: 1\n---\nb: 2", "yaml-documents", 2)]
    [InlineData("~: 1", "yaml-key", 1)]
    [InlineData("a: 1\n? [b]\n: 2", "yaml-key", 2)]
    [InlineData("<<: 5", "yaml-merge", 1)]
    [InlineData("<<: [{a: 1}, 5]", "yaml-merge", 1)]
    public void What_json_cannot_hold_is_refused_with_its_place(string yaml, string rule, int line)
    {
        var finding = Assert.Single(Assert.Throws<FindingsException>(() => Convert(yaml)).Findings);
        Assert.Equal((rule, line, true), (finding.RuleId, finding.Line ?? 0, finding.Column >= 1));
    }

    [Theory]
    [InlineData("a: 1\nb:\n  c: 1\n  c: 2", "duplicate-key", "/b/c", 4, 3)]
    [InlineData("a: !thing 1", "yaml-tag", "/a", 1, 4)]
    [InlineData("a:\n- 1\n- .inf", "yaml-number", "/a/1", 3, 3)]
    public void What_is_doubtful_is_warned_about(string yaml, string rule, string pointer, int line, int column)
    {
        var (_, findings) = YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml), "x.yaml", new DocumentLimits());
        var finding = Assert.Single(findings);
        Assert.Equal(
            (rule, pointer, line, column, FindingSeverity.Warning),
            (finding.RuleId, finding.Pointer, finding.Line ?? 0, finding.Column ?? 0, finding.Severity)
        );
    }

    [Fact]
    public void Duplicates_are_found_in_large_mappings_too()
    {
        var yaml = string.Concat(Enumerable.Range(0, 100).Select(i => $"k{i}: 1\n")) + "k3: 2\nk77: 2\n";
        var (_, findings) = YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml), null, new DocumentLimits());
        Assert.Equal(["/k3", "/k77"], findings.Select(finding => finding.Pointer));
    }

    [Fact]
    public void A_document_that_multiplies_itself_ends_within_its_budget()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Equal("yaml-aliases", RuleOf(bomb.ToString()));
    }

    [Fact]
    public void One_long_text_repeated_often_counts_by_its_bytes()
    {
        var limits = new DocumentLimits { MaxBytes = 100_000 };
        var yaml = $"a: &a {new string('x', 1000)}\nb: [{string.Join(",", Enumerable.Repeat("*a", 200))}]";
        var exception = Assert.Throws<FindingsException>(() =>
            YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml), null, limits)
        );
        Assert.Equal("yaml-aliases", exception.Findings[0].RuleId);
    }

    [Theory]
    [InlineData('[', "")]
    [InlineData('{', "a: ")]
    public void Deep_nesting_is_refused_without_using_up_the_stack(char open, string key)
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            yaml.Append(open).Append(key);
        Assert.Equal("yaml-depth", RuleOf(yaml.ToString()));
    }

    [Fact]
    public void Aliases_cannot_nest_deeper_than_the_limit()
    {
        var yaml = new StringBuilder("a0: &a0 [1]\n");
        for (var i = 1; i < 300; i++)
            yaml.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        Assert.Equal("yaml-depth", RuleOf(yaml.ToString()));
    }

    private static string RuleOf(string yaml) =>
        Assert.Single(Assert.Throws<FindingsException>(() => Convert(yaml)).Findings).RuleId;

    private static string Convert(string yaml) =>
        Encoding.UTF8.GetString(YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml), null, new DocumentLimits()).Json.Span);
}
