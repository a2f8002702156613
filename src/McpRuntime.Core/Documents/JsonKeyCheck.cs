using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Documents;

/// <summary>
/// Tells quickly that no object of a JSON text has a key twice. It compares hashes, so it may suspect wrongly, but
/// never overlooks one; a parser that refuses duplicates takes four times as long.
/// </summary>
internal static class JsonKeyCheck
{
    private const int LargestLinear = 24;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static bool MayRepeatKeys(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 100_000 });
        var keys = new List<ulong>();
        var starts = new Stack<(int Start, HashSet<ulong>? Set)>();
        var start = 0;
        HashSet<ulong>? set = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    starts.Push((start, set));
                    (start, set) = (keys.Count, null);
                    break;
                case JsonTokenType.EndObject:
                    CollectionsMarshal.SetCount(keys, start);
                    (start, set) = starts.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var hash = reader.ValueIsEscaped ? HashUnescaped(ref reader) : Hash(reader.ValueSpan);
                    if (set is not null ? !set.Add(hash) : CollectionsMarshal.AsSpan(keys)[start..].Contains(hash))
                        return true;
                    if (set is not null)
                        break;
                    keys.Add(hash);
                    if (keys.Count - start > LargestLinear)
                        set = [.. CollectionsMarshal.AsSpan(keys)[start..]];
                    break;
            }
        }
        return false;
    }

    private static ulong HashUnescaped(ref Utf8JsonReader reader)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return Hash(scratch.AsSpan(0, reader.CopyString(scratch)));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate has no UTF-8; the escapes themselves are compared.
            return Hash(reader.ValueSpan);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = (ulong)key.Length * Multiplier;
        while (key.Length >= sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ MemoryMarshal.Read<ulong>(key)) * Multiplier;
            key = key[sizeof(ulong)..];
        }
        foreach (var b in key)
            hash = (BitOperations.RotateLeft(hash, 11) ^ b) * Multiplier;
        return hash ^ (hash >> 32);
    }
}
