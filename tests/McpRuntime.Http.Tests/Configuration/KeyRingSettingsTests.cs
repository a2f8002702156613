using System.Security.Cryptography;
using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Configuration;

public sealed class KeyRingSettingsTests : IDisposable
{
    private const string Hidden = "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_break_at_the_end_of_a_key_does_not_count()
    {
        var read = Read(
            ("KEY_RING_KEY_FILE", Write("a", Hidden)),
            ("KEY_RING_OTHER_KEY_FILES", Write("b", Hidden + "\r\n"))
        );

        Assert.Equal(read.Key!.Id, Assert.Single(read.Others).Id);
        Assert.DoesNotContain(read.Key.Id, Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Hidden)));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "0 bytes")]
    [InlineData("q8Zf0sTnVw2LkXb7", "16 bytes")]
    [InlineData("abababababababababababababababababab", "can be guessed")]
    public void A_file_that_is_no_good_key_is_refused_without_its_content(string? content, string fault)
    {
        var file = content is null ? _folder.PathOf("missing") : Write("key", content);

        var refused = Assert.Throws<SettingsException>(() => Read(("KEY_RING_KEY_FILE", file)));

        Assert.Contains($"MCP_RUNTIME_KEY_RING_KEY_FILE names '{file}'", refused.Message);
        Assert.Contains(fault, refused.Message);
        if (content is { Length: > 0 })
            Assert.DoesNotContain(content, refused.ToString());
    }

    [Fact]
    public void Other_keys_need_one_that_wraps()
    {
        var refused = Assert.Throws<SettingsException>(() => Read(("KEY_RING_OTHER_KEY_FILES", Write("b", Hidden))));

        Assert.Contains("without MCP_RUNTIME_KEY_RING_KEY_FILE", refused.Message);
    }

    [Fact]
    public void A_wrapped_key_is_opened_by_the_same_key_alone_and_only_unchanged()
    {
        var key = new WrappingKey(Encoding.ASCII.GetBytes(Hidden));
        var other = new WrappingKey(RandomNumberGenerator.GetBytes(32));

        var wrapped = key.Wrap("text"u8);

        Assert.Equal("text"u8, key.Unwrap(wrapped));
        Assert.NotEqual(wrapped, key.Wrap("text"u8));
        Assert.ThrowsAny<CryptographicException>(() => other.Unwrap(wrapped));
        Assert.ThrowsAny<CryptographicException>(() => key.Unwrap(wrapped.AsSpan(0, 40)));
        for (var i = 0; i < wrapped.Length; i++)
        {
            var changed = wrapped.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Unwrap(changed));
        }
    }

    private string Write(string name, string content) => _folder.Write(name, content);

    private static KeyRingSettings Read(params (string Name, string Value)[] variables) =>
        GatewaySettingsReader
            .Read(
                name => variables.Where(v => "MCP_RUNTIME_" + v.Name == name).Select(v => v.Value).FirstOrDefault(),
                new RuntimeSettings { ConnectorsFolder = "/c", DataFolder = "/d" }
            )
            .KeyRing;
}
