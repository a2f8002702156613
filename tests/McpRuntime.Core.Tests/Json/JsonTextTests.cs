using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Tests.Json;

public class JsonTextTests
{
    [Fact]
    public void Text_stays_exact_to_the_digit()
    {
        var text = JsonText.Parse("""{"n": 12345678901234567890.10}""");

        Assert.Equal("""{"n": 12345678901234567890.10}""", text.ToString());
        Assert.Equal("12345678901234567890.10", text.ToElement().GetProperty("n").GetRawText());
    }

    [Fact]
    public void Two_values_are_refused() => Assert.ThrowsAny<JsonException>(() => JsonText.Parse("1 2"));
}
