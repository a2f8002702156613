using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// Positions of names, looked up by the UTF-8 text of a document without making strings. Hashes are seeded by the
/// process, so that no one can choose names that collide.
/// </summary>
internal sealed class NameTable
{
    private const int LinearUpTo = 6;

    private readonly byte[][] _names;
    private readonly int[] _buckets;
    private readonly int[] _next;

    public NameTable(IReadOnlyList<string> names)
    {
        _names = new byte[names.Count][];
        for (var i = 0; i < _names.Length; i++)
            _names[i] = Encoding.UTF8.GetBytes(names[i]);
        if (_names.Length <= LinearUpTo)
        {
            _buckets = _next = [];
            return;
        }

        _buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_names.Length)];
        _next = new int[_names.Length];
        Array.Fill(_buckets, -1);
        for (var i = 0; i < _names.Length; i++)
        {
            ref var bucket = ref _buckets[BucketOf(_names[i])];
            _next[i] = bucket;
            bucket = i;
        }
    }

    public int Count => _names.Length;

    /// <summary>The position of a member's name; -1 when it is not in the table.</summary>
    public int Find(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\') ? Find(Encoding.UTF8.GetBytes(member.Name)) : Find(raw);
    }

    /// <summary>The position of a string; -1 when it is not in the table.</summary>
    public int FindString(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return raw.Contains((byte)'\\') ? Find(Encoding.UTF8.GetBytes(value.GetString()!)) : Find(raw);
    }

    public int Find(ReadOnlySpan<byte> name)
    {
        if (_buckets.Length == 0)
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (name.SequenceEqual(_names[i]))
                    return i;
            }

            return -1;
        }

        var position = _buckets[BucketOf(name)];
        while (position >= 0 && !name.SequenceEqual(_names[position]))
            position = _next[position];
        return position;
    }

    private int BucketOf(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode() & (_buckets.Length - 1);
    }
}
