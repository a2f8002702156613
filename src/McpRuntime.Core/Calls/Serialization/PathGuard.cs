namespace McpRuntime.Calls.Serialization;

/// <summary>
/// Keeps path values in their place. A server, or a proxy before it, that decodes a path before it resolves <c>..</c>
/// (RFC 3986 section 5.2.4) would otherwise be led to a resource that the template does not name.
/// </summary>
internal static class PathGuard
{
    // A proxy decodes once and the server behind it again.
    private const int MaxDecodings = 2;

    /// <summary>The text of a value, if it is one that can only be a part segment by itself.</summary>
    /// <exception cref="BadValueException">It is empty, or holds a control character or a dot segment.</exception>
    public static string Check(string? text, PlannedArgument argument)
    {
        if (string.IsNullOrEmpty(text))
            throw new BadValueException(
                "is empty, but it fills a part of the path, where an empty value would name another "
                    + "resource; give a value."
            );
        foreach (var c in text)
        {
            if (char.IsControl(c))
                throw new BadValueException(
                    $"holds the control character U+{(int)c:X4}, which a path cannot carry; leave it out."
                );
        }
        if (DotSegment(text) is { } dots)
            throw new BadValueException(
                $"holds the path segment '{dots}', which would lead to another resource; give a value without it."
            );
        if (argument.IsWide)
            CheckDecoded(text);
        return text;
    }

    /// <summary>The first segment that is <c>.</c> or <c>..</c>, as a server may read it; null for none.</summary>
    public static string? DotSegment(string path)
    {
        // A server that decodes %2F or \ before it splits the path would walk up; so would one that takes ;x for a
        // parameter.
        foreach (var range in path.AsSpan().SplitAny('/', '\\'))
        {
            var segment = path.AsSpan(range);
            var end = segment.IndexOf(';');
            if ((end < 0 ? segment : segment[..end]) is "." or "..")
                return segment.ToString();
        }
        return null;
    }

    /// <summary>
    /// The same of a whole path as it goes out, which is decoded before it is resolved: once, or once more than its
    /// values may be.
    /// </summary>
    public static string? DecodedDotSegment(string path, bool isWide)
    {
        for (var i = 0; i <= (isWide ? MaxDecodings : 0); i++)
        {
            path = Uri.UnescapeDataString(path);
            if (DotSegment(path) is { } dots)
                return dots;
        }
        return null;
    }

    private static void CheckDecoded(string text)
    {
        for (var i = 0; i <= MaxDecodings; i++)
        {
            if (i > 0)
                text = Uri.UnescapeDataString(text);
            if (DotSegment(text) is { } dots)
                throw new BadValueException(
                    $"holds the percent-encoded path segment '{dots}', which would lead to another resource; "
                        + $"give a value without it."
                );
            foreach (var segment in text.AsSpan().SplitAny('/', '\\'))
            {
                if (text.AsSpan(segment).IsEmpty)
                    throw new BadValueException(
                        "holds an empty path segment ('//', or a slash at its beginning or end), which would "
                            + "name another resource; leave the slash out."
                    );
            }
        }
    }
}
