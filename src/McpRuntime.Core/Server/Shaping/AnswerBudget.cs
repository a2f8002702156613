using McpRuntime.Connectors.Costs;

namespace McpRuntime.Server.Shaping;

/// <summary>How many bytes of an answer a budget of tokens allows.</summary>
internal static class AnswerBudget
{
    // No text that an API sends has more tokens than half its bytes, so that short ones need not be counted.
    private const int LeastBytesPerToken = 2;

    // The rest of a long answer is much like its beginning.
    private const int SampleBytes = 64 * 1024;

    /// <summary>What says what was left out, and how to get it.</summary>
    private const int TokensOfNotes = 400;

    /// <summary>Whether a text surely fits, by its length in bytes, or in UTF-16 units, which are not more.</summary>
    public static bool SurelyFits(int length, int tokens) => length <= (long)tokens * LeastBytesPerToken;

    /// <summary>The bytes that fit; null where all of them do.</summary>
    /// <param name="utf8">The answer.</param>
    /// <param name="tokens">Above 0.</param>
    public static int? Limit(ReadOnlySpan<byte> utf8, int tokens)
    {
        if (SurelyFits(utf8.Length, tokens))
            return null;
        var sample = utf8[..Math.Min(utf8.Length, SampleBytes)];
        var perByte = Math.Max(TokenCount.Of(sample), 1) / (double)sample.Length;
        return utf8.Length * perByte <= tokens ? null : (int)(Math.Max(tokens - TokensOfNotes, tokens / 2) / perByte);
    }
}
