using System.Text;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Tests.Json;

/// <summary>Values of a JSON text, whatever the pieces in which it arrives.</summary>
public sealed class JsonValueReaderTests
{
    [Theory]
    [InlineData("[]", false)]
    [InlineData(" [ ] ", false)]
    [InlineData(
        """[1,-2.50e3,"a\"]","é",true,null,{},{"a":[1,{"b":"}"}]},[[2],3]]""",
        false,
        "1",
        "-2.50e3",
        "\"a\\\"]\"",
        "\"é\"",
        "true",
        "null",
        "{}",
        """{"a":[1,{"b":"}"}]}""",
        "[[2],3]"
    )]
    [InlineData("""  {"a":[1,2]}  """, false, """{"a":[1,2]}""")]
    [InlineData("12.0", false, "12.0")]
    [InlineData("\"text\"", false, "\"text\"")]
    [InlineData("{\"a\":1}\n[2]\n\n3 \"x\"\n", true, "{\"a\":1}", "[2]", "3", "\"x\"")]
    [InlineData("\n", true)]
    public async Task Values_are_the_same_however_they_arrive(string text, bool isLines, params string[] expected)
    {
        for (var size = 1; size <= Encoding.UTF8.GetByteCount(text); size++)
            Assert.Equal(expected, await ReadAsync(new Pieces(text, size), isLines));
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2}""", "{\"id\":1}", "{\"id\":2}")]
    [InlineData("""[{"id":1},{"id":2""", "{\"id\":1}")]
    [InlineData("[1,2", "1")]
    [InlineData("[")]
    [InlineData("""{"a":{"b":1}""")]
    public async Task Text_that_breaks_off_gives_whole_values_and_says_so(string text, params string[] expected)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var values = new List<string>();
            await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(new Pieces(text, size), false, values));
            Assert.Equal(expected, values);
        }
    }

    [Theory]
    [InlineData("[1,2 3]", "1")]
    [InlineData("[1]x", "1")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("tru")]
    [InlineData("[1}", "1")]
    public async Task Text_that_is_not_json_gives_the_values_before_and_says_so(string text, params string[] expected)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var values = new List<string>();
            await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(new Pieces(text, size), false, values));
            Assert.Equal(expected, values.Take(expected.Length));
        }
    }

    [Fact]
    public async Task Values_larger_than_the_first_buffer_are_whole()
    {
        var large = new string('x', 300_000);
        var text = $"[\"{large}\",{{\"a\":\"{large}\"}},1]";
        foreach (var size in (int[])[1000, 65_536, 1_000_000])
            Assert.Equal(
                [$"\"{large}\"", $"{{\"a\":\"{large}\"}}", "1"],
                await ReadAsync(new Pieces(text, size), false)
            );
    }

    private static async Task<List<string>> ReadAsync(Stream text, bool isLines, List<string>? values = null)
    {
        values ??= [];
        using var reader = new JsonValueReader(text, isLines);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            values.Add(Encoding.UTF8.GetString(reader.Current.Span));
        return values;
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class Pieces(string text, int size) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
