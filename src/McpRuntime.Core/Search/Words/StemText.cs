namespace McpRuntime.Search.Words;

/// <summary>A word while its suffixes are taken away, with the conditions of Porter's rules.</summary>
internal sealed class StemText(string word)
{
    private readonly char[] _text = [.. word, ' ', ' ', ' '];

    public int Length { get; private set; } = word.Length;

    public char this[Index index] => _text[index.GetOffset(Length)];

    public bool EndsWith(string suffix) => _text.AsSpan(0, Length).EndsWith(suffix);

    public void Replace(string suffix, string by)
    {
        Length -= suffix.Length;
        by.CopyTo(_text.AsSpan(Length));
        Length += by.Length;
    }

    /// <summary>Porter's m: how often a consonant follows a vowel in the part before a suffix.</summary>
    public int Measure(int suffix)
    {
        var measure = 0;
        for (var i = 1; i < Length - suffix; i++)
        {
            if (!IsVowel(i) && IsVowel(i - 1))
                measure++;
        }
        return measure;
    }

    /// <summary>Porter's *v*.</summary>
    public bool HasVowel(int suffix)
    {
        for (var i = 0; i < Length - suffix; i++)
        {
            if (IsVowel(i))
                return true;
        }
        return false;
    }

    /// <summary>Porter's *d.</summary>
    public bool EndsWithDouble => Length > 1 && _text[Length - 1] == _text[Length - 2] && !IsVowel(Length - 1);

    /// <summary>Porter's *o: consonant, vowel, consonant, the last not w, x or y.</summary>
    public bool EndsShort(int suffix)
    {
        var last = Length - suffix - 1;
        return last >= 2
            && !IsVowel(last)
            && IsVowel(last - 1)
            && !IsVowel(last - 2)
            && _text[last] is not ('w' or 'x' or 'y');
    }

    public override string ToString() => new(_text, 0, Length);

    private bool IsVowel(int at) =>
        _text[at] switch
        {
            'a' or 'e' or 'i' or 'o' or 'u' => true,
            'y' => at > 0 && !IsVowel(at - 1),
            _ => false,
        };
}
