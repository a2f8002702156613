using McpRuntime.Diagnostics;

namespace McpRuntime.Tests.Diagnostics;

public class CountTextTests
{
    [Theory]
    [InlineData(0, "0 tools")]
    [InlineData(1, "1 tool")]
    [InlineData(2, "2 tools")]
    [InlineData(1204, "1,204 tools")]
    public void A_noun_follows_its_number(long count, string text) => Assert.Equal(text, CountText.Of(count, "tool"));

    [Fact]
    public void A_plural_of_another_form_is_given() => Assert.Equal("2 entries", CountText.Of(2, "entry", "entries"));
}
