using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Connectors.Guidance;

/// <summary>
/// What instructions say of one connector. The texts are those of a manifest and not trusted: each has its share, is
/// cleaned, and is left out if it gives orders to a model.
/// </summary>
public sealed class ConnectorGuidance
{
    private const int MaxTitle = 80;
    private const int MaxSentence = 160;

    private ConnectorGuidance(string title, string sentence, IReadOnlyList<string> resources)
    {
        Title = title;
        Sentence = sentence;
        Resources = resources;
    }

    /// <summary>Or the name, where there is none.</summary>
    public string Title { get; }

    /// <summary>The first one of the description, with its full stop; may be empty.</summary>
    public string Sentence { get; }

    /// <summary>
    /// The resources with what can be done to them; no more than there is room for in any instructions, and one.
    /// </summary>
    public IReadOnlyList<string> Resources { get; }

    /// <summary>That of some tools of a connector.</summary>
    /// <param name="connector">Its texts.</param>
    /// <param name="endpoints">Of the tools, in their order.</param>
    public static ConnectorGuidance Of(ConnectorManifest connector, IReadOnlyList<string> endpoints)
    {
        if (endpoints.Count == connector.Tools.Count && connector.Tools is IKnownTools { Guidance: { } known })
            return Read(known);
        var title = Trusted(
            UntrustedText.Shorten(
                UntrustedText.Clean(connector.Title) is { Length: > 0 } named ? named : connector.Name,
                MaxTitle
            ),
            connector.Name
        );
        var sentence = Trusted(FirstSentence.Of(connector.Description, MaxSentence), "");
        if (sentence.StartsWith(title, StringComparison.OrdinalIgnoreCase) && sentence.Length <= title.Length + 1)
            sentence = "";
        if (sentence.Length > 0 && sentence[^1] is not ('.' or '!' or '?' or '…' or '。'))
            sentence += ".";
        var resources = new List<string>();
        var length = 0;
        foreach (var resource in ResourceMap.Of(endpoints).Resources)
        {
            var text = resource.ToString();
            resources.Add(text);
            if ((length += text.Length) > ServerInstructions.MaxLength)
                break;
        }
        return new ConnectorGuidance(title, sentence, resources);
    }

    /// <summary>As lines, for <see cref="IKnownTools.Guidance"/>: none of the texts has several.</summary>
    public string Write() => string.Join('\n', [Title, Sentence, .. Resources]);

    private static ConnectorGuidance Read(string lines)
    {
        var texts = lines.Split('\n');
        return new ConnectorGuidance(texts[0], texts[1], texts[2..]);
    }

    private static string Trusted(string text, string instead) => InstructionText.Instructs(text) ? instead : text;
}
