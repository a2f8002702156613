namespace McpRuntime.Search.Words;

/// <summary>The steps of Porter's algorithm.</summary>
internal static class StemSteps
{
    private static readonly (string Suffix, string By)[] Second =
    [
        ("ational", "ate"),
        ("tional", "tion"),
        ("enci", "ence"),
        ("anci", "ance"),
        ("izer", "ize"),
        ("isation", "ize"),
        ("ization", "ize"),
        ("ation", "ate"),
        ("ator", "ate"),
        ("alism", "al"),
        ("iveness", "ive"),
        ("fulness", "ful"),
        ("ousness", "ous"),
        ("aliti", "al"),
        ("iviti", "ive"),
        ("biliti", "ble"),
        ("abli", "able"),
        ("alli", "al"),
        ("entli", "ent"),
        ("eli", "e"),
        ("ousli", "ous"),
    ];

    private static readonly (string Suffix, string By)[] Third =
    [
        ("icate", "ic"),
        ("ative", ""),
        ("alize", "al"),
        ("iciti", "ic"),
        ("ical", "ic"),
        ("ful", ""),
        ("ness", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement",
        "ance",
        "ence",
        "able",
        "ible",
        "ment",
        "sion",
        "tion",
        "ant",
        "ent",
        "ism",
        "ate",
        "iti",
        "ous",
        "ive",
        "ize",
        "ise",
        "al",
        "er",
        "ic",
        "ou",
    ];

    public static void Plural(StemText text)
    {
        if (text.EndsWith("sses"))
            text.Replace("es", "");
        else if (text.EndsWith("ies"))
            text.Replace("ies", text.Length > 4 ? "i" : "ie");
        else if (
            text.EndsWith("uses")
            || text.EndsWith("iases")
            || text.EndsWith("xes")
            || text.EndsWith("ches")
            || text.EndsWith("shes")
        )
            text.Replace("es", "");
        else if (text.EndsWith("s") && !text.EndsWith("ss") && !text.EndsWith("us") && !text.EndsWith("is"))
            text.Replace("s", "");
    }

    public static void PastAndProgressive(StemText text)
    {
        if (text.EndsWith("eed"))
        {
            if (text.Measure(3) > 0)
                text.Replace("eed", "ee");
            return;
        }
        var suffix =
            text.EndsWith("ed") ? "ed"
            : text.EndsWith("ing") ? "ing"
            : null;
        if (suffix is null || !text.HasVowel(suffix.Length))
            return;
        text.Replace(suffix, "");
        if (text.EndsWith("at") || text.EndsWith("bl") || text.EndsWith("iz"))
            text.Replace("", "e");
        else if (text.EndsWithDouble && text[^1] is not ('l' or 's' or 'z'))
            text.Replace(text[^1].ToString(), "");
        else if (text.EndsWithDouble && text[^1] == 'l' && text.Measure(0) > 1)
            text.Replace("l", "");
        else if (text.Measure(0) == 1 && text.EndsShort(0))
            text.Replace("", "e");
    }

    public static void FinalY(StemText text)
    {
        if (text.EndsWith("y") && text.HasVowel(1))
            text.Replace("y", "i");
    }

    public static void LongSuffixes(StemText text)
    {
        Apply(text, Second);
        Apply(text, Third);
        foreach (var suffix in Fourth)
        {
            if (!text.EndsWith(suffix))
                continue;
            // Of 'sion' and 'tion' the first letter stays.
            var cut = suffix is "sion" or "tion" ? "ion" : suffix;
            if (text.Measure(cut.Length) > 1)
                text.Replace(cut, "");
            return;
        }
    }

    public static void FinalE(StemText text)
    {
        if (text.EndsWith("e") && (text.Measure(1) > 1 || (text.Measure(1) == 1 && !text.EndsShort(1))))
            text.Replace("e", "");
        if (text.EndsWith("ll") && text.Measure(1) > 1)
            text.Replace("l", "");
        // Not Porter's: 'notify' and 'notification' are one.
        if (text.EndsWith("ifi") && text.Length > 4)
            text.Replace("ifi", "if");
    }

    private static void Apply(StemText text, (string Suffix, string By)[] rules)
    {
        foreach (var (suffix, by) in rules)
        {
            if (!text.EndsWith(suffix))
                continue;
            if (text.Measure(suffix.Length) > 0)
                text.Replace(suffix, by);
            return;
        }
    }
}
