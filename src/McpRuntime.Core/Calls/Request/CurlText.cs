using System.Text;
using System.Text.Unicode;

namespace McpRuntime.Calls.Request;

/// <summary>A request as a curl command that can be pasted into a POSIX shell, whatever its values hold.</summary>
internal static class CurlText
{
    public static string Of(MaskedRequest request, int maxBody)
    {
        var text = new StringBuilder();
        var isPlain = IsPlain(request.Body.Span);
        var isShown = request.Body.Length <= maxBody;
        if (isShown && !isPlain)
            text.Append("printf %s ")
                .Append(Quote(Convert.ToBase64String(request.Body.Span)))
                .Append(" | base64 -d | ");
        // curl would otherwise expand braces and brackets, and resolve dot segments.
        text.Append("curl --globoff --path-as-is ");
        text.Append(request.Method == "HEAD" ? "--head" : $"-X {Quote(request.Method)}");
        text.Append(' ').Append(Quote(request.Url));
        foreach (var (name, value) in request.Headers)
            text.Append(" \\\n  -H ").Append(Quote(value.Length == 0 ? $"{name};" : $"{name}: {value}"));
        if (request.HasBody && !isShown)
            text.Append(" \\\n  ").Append("--data-binary @body.bin");
        else if (request.HasBody)
            text.Append(" \\\n  ")
                .Append(
                    isPlain ? $"--data-raw {Quote(Encoding.UTF8.GetString(request.Body.Span))}" : "--data-binary @-"
                );
        return text.ToString();
    }

    // Nothing is special between single quotes but the quote itself (POSIX shell, section 2.2.2).
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // A terminal would act on control characters when they are pasted.
    private static bool IsPlain(ReadOnlySpan<byte> body)
    {
        foreach (var value in body)
        {
            if (value is < (byte)' ' and not (byte)'\n' or 0x7F)
                return false;
        }
        return Utf8.IsValid(body);
    }
}
