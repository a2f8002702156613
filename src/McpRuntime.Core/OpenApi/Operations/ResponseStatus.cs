using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

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
            if (property.Value.ValueKind != JsonValueKind.Object || !MayBeSuccess(JsonMarshal.GetRawUtf8PropertyName(property)))
                continue;
            var name = JsonRead.Name(property);
            var status = name.ToUpperInvariant();
            if (status == Default || (status.Length == 3 && status[0] == '2'))
                successes.Add((status, responses.Child(name, property.Value)));
        }
        return successes;
    }

    // Most are errors, and need no string to tell; an escape may be anything.
    private static bool MayBeSuccess(ReadOnlySpan<byte> name) =>
        name.Length > 0 && name[0] is (byte)'2' or (byte)'d' or (byte)'D' or (byte)'\\';
}
