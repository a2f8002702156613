using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Documents;

/// <summary>
/// Tells quickly that no object of a JSON text has a key twice. It compares hashes, so it may suspect wrongly, but
/// never overlooks one; a parser that refuses duplicates takes four times as long.
/// </summary>
internal static class JsonKeyCheck
{
    private const int LargestLinear = 24;

    public static bool MayRepeatKeys(JsonElement json) => MayRepeatKeys(json, []);

    /// <param name="element">The value to look at, with all in it.</param>
    /// <param name="keys">The keys of the objects around it; comes back as it was.</param>
    private static bool MayRepeatKeys(JsonElement element, List<ulong> keys)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array && MayRepeatKeys(item, keys))
                    return true;
            }
            return false;
        }
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        var start = keys.Count;
        HashSet<ulong>? set = element.GetPropertyCount() > LargestLinear ? [] : null;
        foreach (var property in element.EnumerateObject())
        {
            var hash = Hash(property);
            if (set is not null ? !set.Add(hash) : CollectionsMarshal.AsSpan(keys)[start..].Contains(hash))
                return true;
            if (set is null)
                keys.Add(hash);
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && MayRepeatKeys(property.Value, keys))
                return true;
        }
        CollectionsMarshal.SetCount(keys, start);
        return false;
    }

    private static ulong Hash(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return ByteHash.Of(raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(property.Name) : raw);
    }
}
