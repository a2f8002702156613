using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// Equality of JSON values (JSON Schema core, section 4.2.2): 1.0 is 1, the order of members does not count.
/// </summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static readonly JsonEquality Instance = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind)
            return false;
        switch (x.ValueKind)
        {
            case JsonValueKind.Number:
                var left = JsonMarshal.GetRawUtf8Value(x);
                var right = JsonMarshal.GetRawUtf8Value(y);
                return left.SequenceEqual(right) || DecimalText.Parse(left).CompareTo(DecimalText.Parse(right)) == 0;
            case JsonValueKind.String:
                return StringEquals(x, y);
            case JsonValueKind.Array:
                return ArrayEquals(x, y);
            case JsonValueKind.Object:
                return ObjectEquals(x, y);
            default:
                return true;
        }
    }

    public int GetHashCode(JsonElement obj)
    {
        var hash = new HashCode();
        hash.Add(obj.ValueKind);
        switch (obj.ValueKind)
        {
            case JsonValueKind.Number:
                return DecimalText.Parse(JsonMarshal.GetRawUtf8Value(obj)).GetHashCode();
            case JsonValueKind.String:
                hash.Add(obj.GetString(), StringComparer.Ordinal);
                break;
            case JsonValueKind.Array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                foreach (var item in obj.EnumerateArray())
                    hash.Add(GetHashCode(item));
                break;
            case JsonValueKind.Object:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var sum = 0;
                foreach (var member in obj.EnumerateObject())
                    sum += HashCode.Combine(member.Name, GetHashCode(member.Value));
                hash.Add(sum);
                break;
        }

        return hash.ToHashCode();
    }

    private static bool StringEquals(JsonElement x, JsonElement y)
    {
        var left = JsonMarshal.GetRawUtf8Value(x);
        var right = JsonMarshal.GetRawUtf8Value(y);
        return left.Contains((byte)'\\') || right.Contains((byte)'\\')
            ? string.Equals(x.GetString(), y.GetString(), StringComparison.Ordinal)
            : left.SequenceEqual(right);
    }

    private bool ArrayEquals(JsonElement x, JsonElement y)
    {
        if (x.GetArrayLength() != y.GetArrayLength())
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var other = y.EnumerateArray();
        foreach (var item in x.EnumerateArray())
        {
            other.MoveNext();
            if (!Equals(item, other.Current))
                return false;
        }

        return true;
    }

    private bool ObjectEquals(JsonElement x, JsonElement y)
    {
        if (x.GetPropertyCount() != y.GetPropertyCount())
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        // Members mostly come in one order; only where they do not is a table worth its price.
        Dictionary<string, JsonElement>? table = null;
        var other = y.EnumerateObject();
        foreach (var member in x.EnumerateObject())
        {
            if (table is null && other.MoveNext() && member.Name == other.Current.Name)
            {
                if (!Equals(member.Value, other.Current.Value))
                    return false;
                continue;
            }

            if (table is null)
            {
                table = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var each in y.EnumerateObject())
                    table[each.Name] = each.Value;
            }

            if (!table.TryGetValue(member.Name, out var value) || !Equals(member.Value, value))
                return false;
        }

        return true;
    }
}
