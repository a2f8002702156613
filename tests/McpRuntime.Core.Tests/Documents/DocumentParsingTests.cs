using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;

namespace McpRuntime.Tests.Documents;

public class DocumentParsingTests
{
    [Theory]
    [InlineData("{\"a\": 1}", "x.yaml", false)]
    [InlineData("  \n[1]", "-", false)]
    [InlineData("a: 1", "x.json", true)]
    [InlineData("{a: 1, b: [c]}", "x.yaml", true)]
    [InlineData("{a: 1}", "-", true)]
    [InlineData("\uFEFF{\"a\": 1}", "x.json", false)]
    [InlineData("\uFEFFa: 1", "x.yml", true)]
    public void Content_decides_between_json_and_yaml(string text, string name, bool isYaml)
    {
        using var document = LoadedDocument.Parse(Encoding.UTF8.GetBytes(text), name);
        Assert.Equal(isYaml, document.IsYaml);
    }

    [Theory]
    [InlineData("""["\ud800"]""", "\ufffd")]
    [InlineData("""["a\uDC00\ud83d"]""", "a\ufffd\ufffd")]
    [InlineData("""["\ud83d\ude00\\ud800"]""", "\U0001F600\\ud800")]
    public void Half_characters_become_the_replacement_character(string json, string expected)
    {
        using var document = LoadedDocument.Parse(Encoding.UTF8.GetBytes(json), "x.json");
        Assert.Equal(expected, document.Json.RootElement[0].GetString());
    }

    [Fact]
    public void Block_scalars_may_begin_with_a_line_of_spaces()
    {
        using var document = LoadedDocument.Parse("a:\n  b: |-\n      \n    words\n  c: 1\n"u8.ToArray(), "x.yaml");
        Assert.Equal("\nwords", document.Json.RootElement.GetProperty("a").GetProperty("b").GetString());
    }

    [Theory]
    [InlineData("{\"a\": [1, 2", "x.json", "json-syntax", "cut off", 1, 12)]
    [InlineData("{\"a\": [1, 2", "-", "json-syntax", "cut off", 1, 12)]
    [InlineData("{\n  \"a\": 1,\n}", "x.json", "json-syntax", "trailing comma", 3, 1)]
    [InlineData("{\n  // hm\n  \"a\": 1}", "x.json", "json-syntax", "comment", 2, 3)]
    [InlineData("{\"é\": 1 2}", "x.json", "json-syntax", "'2'", 1, 9)]
    [InlineData("{a: [1", "x.yaml", "yaml-syntax", "", 1, 7)]
    [InlineData("a: {b: 1,\nc: 2}", "x.yaml", "yaml-syntax", "Indent", 1, 9)]
    [InlineData("", "x.yaml", "document-empty", "empty", null, null)]
    [InlineData(" \n\t", "-", "document-empty", "empty", null, null)]
    [InlineData("# only a comment", "-", "document-empty", "comments", null, null)]
    [InlineData("just words", "x.txt", "document-not-structured", "just words", 1, 1)]
    [InlineData("<!DOCTYPE html>\n<p>hi", "x", "document-not-structured", "web page", 1, 1)]
    [InlineData("a\0b", "x.bin", "document-not-text", "zero byte at offset 1", null, null)]
    public void Bad_text_is_one_finding(string text, string name, string rule, string words, int? line, int? column)
    {
        var finding = Refused(Encoding.UTF8.GetBytes(text), name);
        Assert.Equal((rule, line, column), (finding.RuleId, finding.Line, finding.Column));
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(name, finding.Source);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xFF, 0xFE }, "offset 1")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20 }, "ZIP")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0 }, "UTF-32")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0xD8 }, "UTF-16")]
    public void Bytes_that_are_no_text_are_named(byte[] bytes, string words)
    {
        var finding = Refused(bytes, "x");
        Assert.Equal("document-not-text", finding.RuleId);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Utf16_with_a_mark_is_read(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"ä\": \"😀\"}")];
        using var document = LoadedDocument.Parse(bytes, "x.json");
        Assert.Equal("😀", document.Json.RootElement.GetProperty("ä").GetString());
        Assert.Equal(bytes, document.Text.ToArray());
    }

    [Fact]
    public void Deep_json_is_refused_as_deep()
    {
        var finding = Refused(Encoding.UTF8.GetBytes(new string('[', 300) + new string(']', 300)), "x.json");
        Assert.Equal("json-depth", finding.RuleId);
    }

    // Half a megabyte of these cost 15 s; a document that is built of them takes quadratic time.
    [Theory]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "]")]
    public void Json_that_is_nested_a_million_times_is_refused_as_deep(string open, string close)
    {
        var text = new StringBuilder()
            .Insert(0, open, 1_000_000)
            .Append('1')
            .Insert(open.Length * 1_000_000 + 1, close, 1_000_000)
            .ToString();
        Assert.Equal("json-depth", Refused(Encoding.UTF8.GetBytes(text), "x.json").RuleId);
        Assert.Equal("json-syntax", Refused(Encoding.UTF8.GetBytes(text[..^1]), "x.json").RuleId);
    }

    [Fact]
    public void Keys_that_come_twice_are_warned_about()
    {
        using var document = LoadedDocument.Parse("{\"a\": [0, {\"b/c\": 1,\n \"b/c\": 2}]}"u8.ToArray(), "x.json");
        var finding = Assert.Single(document.Findings);
        Assert.Equal(
            ("duplicate-key", "/a/1/b~1c", 2, 2),
            (finding.RuleId, finding.Pointer, finding.Line ?? 0, finding.Column ?? 0)
        );
        Assert.Equal(2, document.Json.RootElement.GetProperty("a")[1].GetProperty("b/c").GetInt32());
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"a":1},"a":2}""", "/a")]
    [InlineData("""{"b\/c":1,"b/c":2}""", "/b~1c")]
    [InlineData("""{"\ud800":1,"\ud801":2}""", "/\ufffd")]
    [InlineData("""[{"a":1},{"a":{"b":1}},{"b":[{"b":1}]}]""", null)]
    public void Keys_that_come_twice_are_found_however_they_are_spelled(string json, string? pointer) =>
        AssertRepeated(json, pointer);

    [Theory]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(1000)]
    public void Of_many_keys_one_that_comes_twice_is_found(int count)
    {
        var keys = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"key{i}\":{{\"key\":{i}}}"));
        AssertRepeated($"{{{keys}}}", null);
        AssertRepeated($"{{{keys},\"key{count / 2}\":0}}", $"/key{count / 2}");
        AssertRepeated($"{{{keys},\"key{count - 1}\":0}}", $"/key{count - 1}");
    }

    // Large texts are looked at on several threads.
    [Theory]
    [InlineData("{\"a\": \"\0\"", "document-not-text", "zero byte")]
    [InlineData("{\"a\": \"\u00ff\"", "document-not-text", "not UTF-8")]
    [InlineData("{\"a\": 1 1", "json-syntax", "'1' is unexpected")]
    [InlineData("{\"a\": 1,", "json-syntax", "trailing comma")]
    public void A_large_text_that_cannot_be_read_is_refused_as_a_small_one_is(string start, string rule, string words)
    {
        foreach (var text in (string[])[start + "}", $"{start}{new string(' ', 300_000)}}}"])
        {
            var finding = Refused(Encoding.Latin1.GetBytes(text), "x.json");
            Assert.Equal(rule, finding.RuleId);
            Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"a\": \"\0\", b: c}")]
    [InlineData("{\"a\": \"\u00ff\", b: c}")]
    public void What_is_not_text_is_not_tried_as_yaml(string text) =>
        Assert.Equal("document-not-text", Refused(Encoding.Latin1.GetBytes(text), "x").RuleId);

    [Fact]
    public void Half_a_character_in_a_large_text_is_replaced()
    {
        using var document = LoadedDocument.Parse(
            Encoding.UTF8.GetBytes($$"""{"a": "\ud800", "b": "{{new string('x', 300_000)}}"}"""),
            "x.json"
        );
        Assert.Equal("\ufffd", document.Json.RootElement.GetProperty("a").GetString());
        Assert.Equal(
            document.Sha256,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(document.Text.Span))
        );
    }

    [Theory]
    [InlineData("/a", 2, 1)]
    [InlineData("/a/b~1c", 3, 3)]
    [InlineData("/a/b~1c/1", 5, 5)]
    [InlineData("/a/b~1c/1/deep", 5, 7)]
    [InlineData("/a/b~1c/7/x", 3, 3)]
    [InlineData("/ä", 6, 1)]
    [InlineData("/ä/é", 6, 13)]
    [InlineData("", 2, 1)]
    [InlineData("/nowhere", 2, 1)]
    [InlineData("/copy/b~1c/0", 7, 1)]
    public void Yaml_pointers_have_places(string pointer, int line, int column)
    {
        const string Text = "# note\na: &x\n  b/c:\n  - 1\n  - { deep: 1 }\nä: { 😀: 1, é: 2 }\ncopy: *x\n";
        AssertPlace(Text, "x.yaml", pointer, line, column);
    }

    [Theory]
    [InlineData("/a", 2, 3)]
    [InlineData("/a/b~1c/1", 3, 15)]
    [InlineData("/a/b~1c/1/deep", 3, 16)]
    [InlineData("/a/b~1c/9", 2, 8)]
    [InlineData("/é", 4, 13)]
    [InlineData("", 1, 1)]
    public void Json_pointers_have_places(string pointer, int line, int column)
    {
        const string Text = "{\n  \"a\":{\"b/c\": [\n            1,{\"deep\": 2}]},\n  \"😀ä\":  1,\"é\": 2\n}";
        AssertPlace(Text, "x.json", pointer, line, column);
    }

    private static void AssertPlace(string text, string name, string pointer, int line, int column)
    {
        using var document = LoadedDocument.Parse(Encoding.UTF8.GetBytes(text), name);
        var finding = document.Locate(new Finding("r", FindingSeverity.Error, "m") { Pointer = pointer });
        Assert.Equal((name, line, column), (finding.Source, finding.Line ?? 0, finding.Column ?? 0));
    }

    private static void AssertRepeated(string json, string? pointer)
    {
        foreach (var text in (string[])[json, json + new string(' ', 300_000)])
        {
            using var document = LoadedDocument.Parse(Encoding.UTF8.GetBytes(text), "x.json");
            Assert.Equal(pointer is null ? [] : [pointer], document.Findings.Select(finding => finding.Pointer));
        }
    }

    private static Finding Refused(byte[] bytes, string name) =>
        Assert.Single(Assert.Throws<FindingsException>(() => LoadedDocument.Parse(bytes, name)).Findings);
}
