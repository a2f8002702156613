using System.IO.Hashing;
using System.Text.Json;

namespace McpRuntime.Calls.Paging;

/// <summary>
/// Which items have come already, by the property that tells them apart. Where one page has two items of one id, the
/// id does not tell them apart, and nothing is left out. Keeps hashes of the last items only, so that a list of any
/// length needs the same memory.
/// </summary>
/// <param name="id">The property; null where nothing tells items apart.</param>
internal sealed class SeenItems(string? id)
{
    private const int MostOfGeneration = 50_000;

    private readonly HashSet<UInt128> _page = [];
    private HashSet<UInt128> _recent = [];
    private HashSet<UInt128> _older = [];
    private bool _isOff = id is null;

    /// <summary>Items of a page, and where in it they are.</summary>
    internal readonly record struct Page(List<JsonElement> Items, List<int> Positions);

    /// <summary>The items of a page that have not come before.</summary>
    public Page Fresh(JsonElement items)
    {
        var count = items.GetArrayLength();
        var (fresh, positions, position) = (new List<JsonElement>(count), new List<int>(count), -1);
        if (!_isOff && !AreApart(items))
            _isOff = true;
        foreach (var item in items.EnumerateArray())
        {
            position++;
            if (!_isOff && Key(item) is { } key && !Add(key))
                continue;
            fresh.Add(item);
            positions.Add(position);
        }
        return new Page(fresh, positions);
    }

    private bool AreApart(JsonElement items)
    {
        _page.Clear();
        foreach (var item in items.EnumerateArray())
        {
            if (Key(item) is { } key && !_page.Add(key))
                return false;
        }
        return true;
    }

    private UInt128? Key(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(id!, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? XxHash128.HashToUInt128(PageBody.TextOf(value))
            : null;

    private bool Add(UInt128 key)
    {
        if (_older.Contains(key) || !_recent.Add(key))
            return false;
        if (_recent.Count >= MostOfGeneration)
            (_older, _recent) = (_recent, []);
        return true;
    }
}
