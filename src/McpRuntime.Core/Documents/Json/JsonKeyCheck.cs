using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Documents.Json;

/// <summary>
/// Tells quickly that no object of a JSON text has a key twice. It compares hashes, so it may suspect wrongly, but
/// never overlooks one; a parser that refuses duplicates takes four times as long.
/// </summary>
internal static class JsonKeyCheck
{
    private const int LargestLinear = 24;
    private const int LargestOnStack = 256;

    /// <summary>False too for a text that is not JSON.</summary>
    public static bool MayRepeatKeys(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(new Utf8JsonReader(json, UnboundedDepth.Reader));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Read(Utf8JsonReader reader)
    {
        // The keys of the innermost object, after those of the objects around it.
        var keys = new List<ulong>();
        var outer = new Stack<Level>();
        var level = default(Level);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    outer.Push(level);
                    level = new Level(keys.Count, null);
                    break;
                case JsonTokenType.EndObject:
                    CollectionsMarshal.SetCount(keys, level.FirstKey);
                    level = outer.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    if (
                        !TryAdd(
                            reader.ValueIsEscaped ? Unescaped(reader) : ByteHash.Of(reader.ValueSpan),
                            keys,
                            ref level
                        )
                    )
                        return true;
                    break;
            }
        }
        return false;
    }

    private static bool TryAdd(ulong hash, List<ulong> keys, ref Level level)
    {
        if (level.Many is { } many)
            return many.Add(hash);
        var few = CollectionsMarshal.AsSpan(keys)[level.FirstKey..];
        if (few.Contains(hash))
            return false;
        if (few.Length == LargestLinear)
            level = level with { Many = [hash, .. few] };
        else
            keys.Add(hash);
        return true;
    }

    // Without its escapes a key is shorter. Half a character stands for no text; each is as good as any other.
    private static ulong Unescaped(in Utf8JsonReader key)
    {
        var length = key.ValueSpan.Length;
        var text = length <= LargestOnStack ? stackalloc byte[length] : new byte[length];
        try
        {
            return ByteHash.Of(text[..key.CopyString(text)]);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <param name="FirstKey">Where the keys of an object begin.</param>
    /// <param name="Many">Its keys, where they are too many for a list.</param>
    private readonly record struct Level(int FirstKey, HashSet<ulong>? Many);
}
