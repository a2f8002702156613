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

    [Fact]
    public void Keys_that_end_in_a_number_spread_over_a_table()
    {
        var hashes = Enumerable
            .Range(0, 20_000)
            .Select(i => ByteHash.Of(System.Text.Encoding.UTF8.GetBytes($"/resource{i}/{{id}}")))
            .ToList();

        // Random ones would fill 62 of 100 places that are as many as they are.
        Assert.InRange(hashes.Select(hash => (uint)hash.GetHashCode() % 20_011).Distinct().Count(), 12_000, 20_000);
        Assert.InRange(hashes.Select(hash => (uint)hash % 20_011).Distinct().Count(), 12_000, 20_000);
    }
}
