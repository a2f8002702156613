namespace McpRuntime.Search.Requests;

/// <summary>The words of the tools that are searched.</summary>
internal interface IVocabulary
{
    /// <summary>A stem is in the text of some tool.</summary>
    bool Contains(string stem);

    /// <summary>The known word that a mistyped one was meant to be; null where there is none.</summary>
    string? Respell(string word);
}
