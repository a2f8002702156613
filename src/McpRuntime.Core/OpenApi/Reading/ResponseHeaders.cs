using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Reading;

/// <summary>The names under <c>headers</c> of a Response Object.</summary>
internal static class ResponseHeaders
{
    /// <summary>
    /// The headers that an answer may show, in the document's order. Content-Type is described by <c>content</c> and
    /// ignored here (OpenAPI 3.1.1, Response Object); credentials are never shown.
    /// </summary>
    internal static IReadOnlyList<string> Read(Node response)
    {
        if (!JsonRead.TryGetObject(response.Element, "headers"u8, out var headers))
            return [];
        var names = new List<string>(headers.GetPropertyCount());
        foreach (var header in headers.EnumerateObject())
        {
            var name = JsonRead.Name(header);
            if (
                HttpToken.Is(name)
                && ResponseFields.IsSafe(name)
                && !IsExtension(name, header.Value)
                && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                && !IsForBrowsers(name)
            )
                names.Add(name);
        }
        return names;
    }

    // CORS (Fetch standard section 3.2): some documents declare it everywhere, and it means nothing to other callers.
    private static bool IsForBrowsers(string name) =>
        name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);

    // X-Total-Count is a header; x-internal: true is an extension of the map.
    private static bool IsExtension(string name, JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
        && name.StartsWith("x-", StringComparison.OrdinalIgnoreCase);
}
