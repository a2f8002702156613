using System.Globalization;
using System.Text;

namespace McpRuntime.Http.Access;

/// <summary>
/// Makes the id of a caller from what its issuer calls it. The id is stored, logged and shown, so it holds only what a
/// database can keep and a user can see. Characters are escaped, not dropped: two subjects never become one caller.
/// </summary>
internal static class CallerId
{
    public static string OfJwt(string issuer, string subject) => $"jwt:{Escape(issuer)}|{Escape(subject)}";

    // As in URLs (RFC 3986 section 2.1), which nearly every subject gets through unchanged.
    private static string Escape(string text)
    {
        StringBuilder? escaped = null;
        var done = 0;
        for (var i = 0; i < text.Length; )
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isRune ? rune.Utf16SequenceLength : 1;
            if (!isRune || rune.Value == '%' || IsUnseen(rune))
            {
                escaped ??= new StringBuilder(text.Length + 16);
                escaped.Append(text, done, i - done);
                // Half of a surrogate pair has no UTF-8; its own number is as good.
                if (isRune)
                    Append(escaped, rune);
                else
                    escaped.Append(CultureInfo.InvariantCulture, $"%u{(int)text[i]:X4}");
                done = i + length;
            }
            i += length;
        }
        return escaped is null ? text : escaped.Append(text, done, text.Length - done).ToString();
    }

    private static void Append(StringBuilder escaped, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse;
}
