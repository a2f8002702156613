using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>Keys of the Responses Object.</summary>
internal static class ResponseStatus
{
    internal const string Default = "DEFAULT";

    /// <summary>
    /// The responses that may be a success, by status in upper case: a 2xx code, the range <c>2XX</c>, or the default.
    /// </summary>
    internal static List<(string Status, Node Response)> Successes(Node responses)
    {
        var successes = new List<(string, Node)>(2);
        foreach (var property in responses.Element.EnumerateObject())
        {
            if (
                property.Value.ValueKind != JsonValueKind.Object
                || !MayBeSuccess(JsonMarshal.GetRawUtf8PropertyName(property))
            )
                continue;
            var name = JsonRead.Name(property);
            if (IsSuccess(name))
                successes.Add((name.ToUpperInvariant(), responses.Child(name, property.Value)));
        }
        return successes;
    }

    /// <summary>A key under which a response may be a success.</summary>
    internal static bool IsSuccess(string key) =>
        key.Equals(Default, StringComparison.OrdinalIgnoreCase) || (key.Length == 3 && key[0] == '2');

    // Most are errors, and need no string to tell; an escape may be anything.
    private static bool MayBeSuccess(ReadOnlySpan<byte> name) =>
        name.Length > 0 && name[0] is (byte)'2' or (byte)'d' or (byte)'D' or (byte)'\\';
}
