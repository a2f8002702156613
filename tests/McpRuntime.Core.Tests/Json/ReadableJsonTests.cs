using System.Buffers;
using System.Text;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Tests.Json;

public class ReadableJsonTests
{
    [Theory]
    [InlineData("It's <b>Ä & ñ + `ё` 日本 😀 𠮷</b>", "It's <b>Ä & ñ + `ё` 日本 😀 𠮷</b>")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("a\b\f\n\r\tb", "a\\b\\f\\n\\r\\tb")]
    [InlineData("\0\u001b[31m\u007f\u0085\u009b", "\\u0000\\u001B[31m\\u007F\\u0085\\u009B")]
    [InlineData("ü\u202E\u2066x\u2069\u200B\u200D\u00AD\uFEFF", "ü\\u202E\\u2066x\\u2069\\u200B\\u200D\\u00AD\\uFEFF")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("a\U000E0041\U0001D173", "a\\uDB40\\uDC41\\uD834\\uDD73")]
    [InlineData("", "")]
    public void What_a_reader_sees_is_as_it_is(string text, string json)
    {
        Assert.Equal($"\"{json}\"", Written(writer => writer.WriteStringValue(text)));
        Assert.Equal($"\"{json}\"", Written(writer => writer.WriteStringValue(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(json, ReadableJson.Encoder.Encode(text));
        Assert.Equal(text, JsonElement.Parse($"\"{json}\"").GetString());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        Assert.Equal("a\uFFFDb", ReadableJson.Encoder.Encode("a\ud800b"));
        Assert.Equal("\uFFFD\uFFFD", ReadableJson.Encoder.Encode("\udc00\ud800"));
    }

    [Fact]
    public void Long_texts_are_escaped_everywhere()
    {
        var text = string.Concat(Enumerable.Repeat($"{new string('x', 1000)}'\u202E😀\"", 200));

        var json = Written(writer => writer.WriteStringValue(text));

        Assert.Equal(text, JsonElement.Parse(json).GetString());
        Assert.Equal(
            $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\u202E", "\\u202E", StringComparison.Ordinal)}\"",
            json
        );
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, ReadableJson.OneLine))
            write(writer);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
