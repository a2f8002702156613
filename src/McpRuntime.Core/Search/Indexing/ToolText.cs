using McpRuntime.Search.Words;

namespace McpRuntime.Search.Indexing;

/// <summary>A tool as fields of words.</summary>
internal sealed class ToolText
{
    // Of a long description the beginning says what the tool is for.
    private const int LongestDescription = 1200;

    private ToolText(SearchableTool tool)
    {
        Tool = tool;
        Path = PathWords.Of(tool.Endpoint);
    }

    public SearchableTool Tool { get; }

    public PathWords Path { get; }

    public string Title { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>The document says that it should not be used any more.</summary>
    public bool IsDeprecated { get; private set; }

    public static ToolText Of(SearchableTool tool)
    {
        var text = new ToolText(tool);
        var description = PlainText.Of(tool.Description ?? "", LongestDescription);
        // The importer writes it so.
        if (description.StartsWith("Deprecated.", StringComparison.OrdinalIgnoreCase))
        {
            text.IsDeprecated = true;
            description = description["Deprecated.".Length..].TrimStart();
        }
        var title = PlainText.Of(tool.Title ?? "", LongestDescription).Trim();
        if (title.Length > 0 && description.StartsWith(title, StringComparison.Ordinal))
            description = description[title.Length..].TrimStart('.', ' ', '\n');
        // What is made of the endpoint says nothing new.
        if (description == tool.Endpoint)
            description = "";
        var (sentence, rest) = PlainText.FirstSentence(description);
        (text.Title, text.Sentence) = title.Length > 0 ? (title, sentence) : (sentence, "");
        text.Description = rest;
        return text;
    }

    /// <summary>The texts of a field.</summary>
    public IEnumerable<string> Of(Field field) =>
        field switch
        {
            Field.Name => [Tool.Name],
            Field.Resource => Path.Segments.Count > 0 ? [Path.Segments[^1]] : [],
            Field.Path => Path.Segments.Take(Path.Segments.Count - 1),
            Field.PathArguments => Path.Arguments,
            Field.Tags => Tool.Tags,
            Field.Title => [Title],
            Field.Sentence => [Sentence],
            Field.Description => [Description],
            Field.Connector => Tool.Connector is { } connector ? [connector] : [],
            _ => [],
        };
}
