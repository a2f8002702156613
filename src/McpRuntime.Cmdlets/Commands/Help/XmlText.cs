using System.Xml;

namespace McpRuntime.Cmdlets.Commands.Help;

/// <summary>Text that XML can hold.</summary>
internal static class XmlText
{
    /// <summary>The text, with U+FFFD for each character that XML does not allow.</summary>
    public static string Of(string text)
    {
        if (IsAllowed(text))
            return text;
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (i + 1 < characters.Length && XmlConvert.IsXmlSurrogatePair(characters[i + 1], characters[i]))
                i++;
            else if (!XmlConvert.IsXmlChar(characters[i]))
                characters[i] = '\uFFFD';
        }
        return new string(characters);
    }

    private static bool IsAllowed(string text)
    {
        foreach (var c in text)
        {
            if (!XmlConvert.IsXmlChar(c))
                return false;
        }
        return true;
    }
}
