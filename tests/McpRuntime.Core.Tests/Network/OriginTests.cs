using McpRuntime.Network;

namespace McpRuntime.Tests.Network;

public class OriginTests
{
    [Theory]
    [InlineData("https://API.Example/v1?x#y", "https://api.example")]
    [InlineData("https://api.example:443/", "https://api.example")]
    [InlineData("https://api.example.:8443", "https://api.example:8443")]
    [InlineData("http://user:secret@api.example/", "http://api.example")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example")]
    [InlineData("http://[::1]:5000/a", "http://[::1]:5000")]
    public void Origin_is_scheme_host_and_port(string url, string expected)
    {
        Assert.True(Origin.TryParse(url, out var origin));
        Assert.Equal(expected, origin.ToString());
        Assert.True(Origin.TryParse(expected, out var again));
        Assert.Equal(origin, again);
    }

    [Theory]
    [InlineData("ftp://api.example/")]
    [InlineData("/pets")]
    [InlineData("api.example")]
    [InlineData("")]
    public void Others_have_none(string url) => Assert.False(Origin.TryParse(url, out _));

    [Theory]
    [InlineData("https://api.example", true)]
    [InlineData("http://api.example", false)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://a.localhost", true)]
    [InlineData("http://127.0.0.9", true)]
    [InlineData("http://[::1]", true)]
    [InlineData("http://localhost.example", false)]
    public void Credentials_go_over_https_or_loopback_only(string url, bool expected)
    {
        Assert.True(Origin.TryParse(url, out var origin));
        Assert.Equal(expected, origin.MayCarryCredentials);
    }
}
