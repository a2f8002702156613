namespace McpRuntime.Commands.Words;

/// <summary>The words of an operationId: <c>update_webhook_by_token</c>.</summary>
/// <param name="All">In lower case.</param>
/// <param name="Plain">Those before <c>by</c> or <c>with</c>.</param>
/// <param name="Manner">The others as a part of a noun, <c>ByToken</c>; empty where there are none.</param>
internal sealed record IdWords(string All, string Plain, string Manner)
{
    // A longer one describes, and does not name.
    private const int MostWords = 4;

    internal static IdWords Of(string? id)
    {
        var words = NameParts.Split(id);
        var start = words.FindLastIndex(word =>
            word.Equals("by", StringComparison.OrdinalIgnoreCase)
            || word.Equals("with", StringComparison.OrdinalIgnoreCase)
        );
        var all = Join(words);
        return start < 1 || start == words.Count - 1 || words.Count - start > MostWords
            ? new IdWords(all, all, "")
            : new IdWords(all, Join(words[..start]), string.Concat(words[start..].Select(NameParts.Pascal)));

        static string Join(List<string> words) => string.Join(' ', words).ToLowerInvariant();
    }
}
