using McpRuntime.Json;

namespace McpRuntime.Tests.Json;

/// <summary>Equal bytes hash alike wherever they stand, and a change of any byte is noticed.</summary>
public class ByteHashTests
{
    [Fact]
    public void Every_byte_counts_at_every_length()
    {
        // The same bytes in every run.
        var random = new Random(20261127);
        for (var length = 0; length <= 100; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var hash = ByteHash.Of(bytes);
            Assert.Equal(hash, ByteHash.Of(((byte[])[1, 2, 3, .. bytes, 4]).AsSpan(3, length)));
            Assert.NotEqual(hash, ByteHash.Of([.. bytes, 0]));
            for (var i = 0; i < length; i++)
            {
                var changed = bytes.ToArray();
                changed[i] ^= 1;
                Assert.NotEqual(hash, ByteHash.Of(changed));
            }
        }
    }
}
