using System.Collections;
using System.Diagnostics.CodeAnalysis;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Compiled;

/// <summary>Shared schemas that are put into a dictionary when someone asks for one.</summary>
/// <param name="pieces">Name and text of each in turn.</param>
/// <param name="first">The first name among them.</param>
/// <param name="count">How many schemas there are.</param>
internal sealed class CompiledDefinitions(FlatPieces pieces, int first, int count)
    : IReadOnlyDictionary<string, JsonText>
{
    private volatile OrderedDictionary<string, JsonText>? _all;

    public int Count => count;

    public IEnumerable<string> Keys => All.Keys;

    public IEnumerable<JsonText> Values => All.Values;

    private OrderedDictionary<string, JsonText> All => _all ??= Read();

    public JsonText this[string key] => All[key];

    public bool ContainsKey(string key) => All.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonText value) => All.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, JsonText>> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private OrderedDictionary<string, JsonText> Read()
    {
        var all = new OrderedDictionary<string, JsonText>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            all[pieces.Text(first + (2 * i))] = new JsonText(pieces[first + (2 * i) + 1]);
        return all;
    }
}
