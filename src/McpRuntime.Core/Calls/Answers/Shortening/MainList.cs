using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.Calls.Answers.Shortening;

/// <summary>
/// The list that an answer is about: the answer itself, or the largest that is reached through members of objects.
/// </summary>
internal static class MainList
{
    private const int LeastOfMap = 30;

    /// <summary>The names of the members on the way to it; null where there is none.</summary>
    public static IReadOnlyList<string>? Find(JsonElement answer)
    {
        var way = new List<string>();
        while (!IsList(answer))
        {
            if (answer.ValueKind != JsonValueKind.Object)
                return null;
            JsonProperty? largest = null;
            foreach (var member in answer.EnumerateObject())
            {
                if (
                    member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
                    && (largest is null || Length(member.Value) > Length(largest.Value.Value))
                )
                    largest = member;
            }
            if (largest is not { } next)
                return null;
            way.Add(next.Name);
            answer = next.Value;
        }
        return way;
    }

    /// <summary>A list, or an object whose members are one: many, and none of them much of the whole.</summary>
    public static bool IsList(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() < LeastOfMap)
            return value.ValueKind == JsonValueKind.Array;
        var most = Length(value) / 4;
        foreach (var member in value.EnumerateObject())
        {
            if (Length(member.Value) > most)
                return false;
        }
        return true;
    }

    public static int Length(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;
}
