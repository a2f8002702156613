using McpRuntime.Json;

namespace McpRuntime.Tests.Json;

public class JsonPointerTests
{
    // RFC 6901 section 5.
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("/", new[] { "" })]
    [InlineData("/foo/0", new[] { "foo", "0" })]
    [InlineData("/a~1b", new[] { "a/b" })]
    [InlineData("/m~0n", new[] { "m~n" })]
    [InlineData("/~01", new[] { "~1" })]
    public void Tokens_are_unescaped(string text, string[] tokens) => Assert.Equal(tokens, JsonPointer.Tokens(text));

    [Fact]
    public void Appending_escapes() =>
        Assert.Equal("/paths/~1a~0b/0", JsonPointer.Append(JsonPointer.Append("/paths", "/a~b"), 0));
}
