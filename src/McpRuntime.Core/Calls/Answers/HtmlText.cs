using System.Net;
using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Calls.Answers;

/// <summary>The words of an HTML error page as one line: no markup, styles, scripts or comments.</summary>
internal static class HtmlText
{
    public static string Line(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, 4096));
        for (var i = 0; i < html.Length && text.Length < 4096; )
        {
            if (html[i] != '<')
            {
                text.Append(html[i++]);
                continue;
            }
            i = Skip(html, i);
            text.Append(' ');
        }
        return UntrustedText.Clean(WebUtility.HtmlDecode(text.ToString()));
    }

    private static int Skip(string html, int open)
    {
        if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
            return After(html, "-->", open);
        foreach (var hidden in (ReadOnlySpan<string>)["script", "style", "head", "template"])
        {
            var rest = html.AsSpan(open + 1);
            if (
                rest.StartsWith(hidden, StringComparison.OrdinalIgnoreCase)
                && rest.Length > hidden.Length
                && rest[hidden.Length] is '>' or ' '
            )
                return After(html, $"</{hidden}>", open);
        }
        return After(html, ">", open);
    }

    private static int After(string html, string end, int start)
    {
        var at = html.IndexOf(end, start, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? html.Length : at + end.Length;
    }
}
