namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Globs of <c>--include-path</c> and similar options: <c>*</c> within a segment, <c>**</c> across segments, <c>?</c>
/// one character that is not a slash. Everything else stands for itself; the whole text must match, except for trailing
/// slashes.
/// </summary>
internal static class PathGlob
{
    internal static bool IsMatch(ReadOnlySpan<char> glob, ReadOnlySpan<char> text)
    {
        glob = Trimmed(glob);
        text = Trimmed(text);
        // Backtracking to the last star of each kind: linear for one star, and never exponential.
        var (g, t) = (0, 0);
        var (star, starText) = (-1, 0);
        var (wide, wideText) = (-1, 0);
        while (t < text.Length || g < glob.Length)
        {
            if (g < glob.Length && glob[g] == '*')
            {
                if (g + 1 < glob.Length && glob[g + 1] == '*')
                {
                    (wide, wideText, star) = (g + 2, t, -1);
                    // `/**` also matches nothing at all, and `**/` no segment.
                    g += 2;
                    if (g < glob.Length && glob[g] == '/' && (t == 0 || text[t - 1] == '/'))
                        g++;
                    continue;
                }
                (star, starText) = (++g, t);
                continue;
            }
            if (g < glob.Length && t < text.Length && (glob[g] == text[t] || (glob[g] == '?' && text[t] != '/')))
            {
                g++;
                t++;
                continue;
            }
            if (t == text.Length && glob[g..] is "/**")
                return true;
            if (star >= 0 && starText < text.Length && text[starText] != '/')
            {
                (g, t) = (star, ++starText);
                continue;
            }
            if (wide >= 0 && wideText < text.Length)
            {
                (g, t, star) = (wide, ++wideText, -1);
                continue;
            }
            return false;
        }
        return true;
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[^1] == '/' ? text[..^1] : text;
}
