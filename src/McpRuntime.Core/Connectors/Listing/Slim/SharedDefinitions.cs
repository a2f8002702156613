using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// What is known of the definitions of a connector: most tools of an API refer to the same ones, and each is read once.
/// Safe to use from several threads.
/// </summary>
internal sealed class SharedDefinitions
{
    private readonly ConcurrentDictionary<string, SharedDefinition> _known = new(StringComparer.Ordinal);

    /// <summary>The definition of a name with this text.</summary>
    public SharedDefinition Of(string name, ReadOnlySpan<byte> text)
    {
        if (_known.TryGetValue(name, out var known) && known.Text.AsSpan().SequenceEqual(text))
            return known;
        var definition = new SharedDefinition(text.ToArray());
        // Of two with one name, which only a collision brings, the first is kept.
        _known.TryAdd(name, definition);
        return definition;
    }
}

/// <summary>A schema in <c>$defs</c>. Immutable, but for what is found out about it when someone asks.</summary>
internal sealed class SharedDefinition
{
    private int _length = -1;

    public SharedDefinition(byte[] text)
    {
        Text = text;
        var references = new List<string>();
        if (SchemaNodes.Parse(text) is JsonObject body && References.TryCollect(body, references))
        {
            var required = new HashSet<string>(StringComparer.Ordinal);
            RequiredNames.Collect(body, required);
            Names = references;
            Required = required;
        }
    }

    public byte[] Text { get; }

    /// <summary>
    /// Names that it refers to, in order and with repetitions; null for what is not an object, or has references of
    /// another kind.
    /// </summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Names in <c>required</c>, at any depth.</summary>
    public IReadOnlySet<string> Required { get; } = new HashSet<string>();

    /// <summary>Characters of it.</summary>
    public int Length => _length >= 0 ? _length : _length = Read().ToJsonString().Length;

    /// <summary>The schema, as a copy of its own.</summary>
    public JsonObject Read() => (JsonObject)SchemaNodes.Parse(Text)!;
}
