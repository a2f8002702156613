using System.Text;

namespace McpRuntime.ShellCompletion;

/// <summary>
/// A line up to the cursor, in words as bash splits them: quotes and backslashes are removed, and nothing is expanded.
/// </summary>
internal sealed class BashLine
{
    private BashLine(IReadOnlyList<string> before, string current, bool isQuoted)
    {
        Before = before;
        Current = current;
        IsQuoted = isQuoted;
    }

    /// <summary>The words before the cursor's, without the program.</summary>
    public IReadOnlyList<string> Before { get; }

    /// <summary>The cursor's word.</summary>
    public string Current { get; }

    /// <summary>The cursor's word has a quote or a backslash: bash goes on from what was typed.</summary>
    public bool IsQuoted { get; }

    public static BashLine Read(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var isQuoted = false;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = isQuoted = false;
                continue;
            }
            isWord = true;
            if (letter == quote)
                quote = '\0';
            else if (quote == '\0' && letter is '\'' or '"')
                (quote, isQuoted) = (letter, true);
            else if (letter == '\\' && quote != '\'' && i + 1 < line.Length && IsEscape(line[i + 1], quote))
            {
                word.Append(line[++i]);
                isQuoted = true;
            }
            else
                word.Append(letter);
        }
        return new BashLine([.. words.Skip(1)], words.Count == 0 ? "" : word.ToString(), isQuoted);
    }

    /// <summary>
    /// What bash puts in for a value: bash replaces only what follows the last of its word breaks, and takes the text
    /// as it is. Null for a value that cannot be put in safely.
    /// </summary>
    /// <param name="value">Starts with <see cref="Current"/>.</param>
    /// <param name="breaks">The characters of <c>COMP_WORDBREAKS</c>.</param>
    public string? Insert(string value, string breaks)
    {
        if (IsQuoted)
            return value.All(IsPlain) ? value : null;
        var start = Current.LastIndexOfAny(breaks.ToCharArray());
        // A word break that bash leaves in what it replaces, since hosts are completed after it.
        if (start < 0 || Current[start] != '@')
            start++;
        var text = new StringBuilder();
        foreach (var letter in value.AsSpan(start))
            (IsPlain(letter) ? text : text.Append('\\')).Append(letter);
        return text.ToString();
    }

    private static bool IsEscape(char letter, char quote) => quote == '\0' || letter is '"' or '\\' or '$' or '`';

    private static bool IsPlain(char letter) =>
        char.IsLetterOrDigit(letter)
        || char.IsSurrogate(letter)
        || letter is '_' or '@' or '%' or '+' or '=' or ':' or ',' or '.' or '/' or '-';
}
