using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>Title and description of a tool as a model gets them.</summary>
/// <param name="tool">The tool.</param>
/// <param name="returns">Writes what it returns; null where a list says that in output schemas.</param>
internal sealed class ListedText(ToolManifest tool, ReturnsLine? returns)
{
    private const int MostReturns = 160;
    private const int MostDescription = 400;

    // What a short list saves besides its schemas.
    private const int UsualSaving = 60;

    private readonly string _title = UntrustedText.Clean(tool.Title);
    private readonly string _description = UntrustedText.CleanMultiline(tool.Description);

    /// <summary>Null for none, and for one that the description begins with.</summary>
    public string? Title =>
        _title.Length == 0 || Body.StartsWith(_title.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? null : _title;

    private string Body =>
        _description.Length > 0 ? _description
        : _title.Length > 0 ? $"{_title.TrimEnd('.')} ({UntrustedText.Clean(tool.Endpoint)})."
        : UntrustedText.Clean(tool.Endpoint);

    /// <summary>The description, and a line with the type of what is returned.</summary>
    /// <param name="saved">Characters that the schema takes less than the manifest's: what the line may take at the
    /// most.</param>
    public string Description(int saved)
    {
        var body = ShorterTexts.Cut(WithoutRepetition(Body), MostDescription);
        var most = Math.Min(
            MostReturns,
            (saved + UsualSaving + Body.Length - body.Length + (Title is null ? _title.Length : 0)) / 2
        );
        var type = tool.OutputSchema is { } output && returns is not null ? returns.Of(output, most) : "";
        return type.Length > 0 ? $"{body}\nReturns: {UntrustedText.Clean(type)}" : body;
    }

    // "Get a user" before "Gets a user by name." says nothing more.
    private static string WithoutRepetition(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end <= 0)
            return text;
        var rest = text[end..].TrimStart();
        var sentence = Guidance.FirstSentence.Of(rest, 300);
        var words = Words(sentence);
        return
            sentence.Length > 0
            && rest.StartsWith(sentence[..Math.Min(8, sentence.Length)], StringComparison.Ordinal)
            && Words(text[..end]).All(words.Contains)
            ? rest
            : text;
    }

    // By the beginnings of words, so that "Get" is in "Gets".
    private static HashSet<string> Words(string text) =>
        [
            .. text.ToLowerInvariant()
                .Split([' ', '\n', '.', ',', '`', '*', '(', ')', ':'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word is not ("a" or "an" or "the" or "of" or "for" or "to" or "in"))
                .Select(word => word.Length > 5 ? word[..5] : word.TrimEnd('s')),
        ];
}
