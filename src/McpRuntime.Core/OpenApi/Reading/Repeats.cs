using System.Text.Json;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Something made of a value that may stand elsewhere in the same words.</summary>
internal abstract class Repeatable
{
    /// <summary>Something was said about it. A finding has one place, so the same words elsewhere are read anew.</summary>
    internal bool IsSpokenOf { get; set; }
}

/// <summary>
/// What was made of values that a document says again letter by letter. Large APIs describe the same parameter, body
/// or response thousands of times, and what they mean depends on nothing but their text and the base of its references.
/// </summary>
internal sealed class Repeats<T>(ImportFindings findings)
    where T : Repeatable
{
    private readonly Dictionary<TextKey, T> _known = [];

    /// <summary>What was made of the same text before; null where nothing was.</summary>
    internal T? Find(SpecResource resource, JsonElement element, out TextKey key)
    {
        key = new TextKey(resource, element);
        return _known.TryGetValue(key, out var known) && !known.IsSpokenOf ? known : null;
    }

    /// <summary>Keeps what was made, unless something was said since <paramref name="said"/>.</summary>
    internal void Keep(TextKey key, T made, int said)
    {
        if (findings.Said == said)
            _known[key] = made;
    }
}
