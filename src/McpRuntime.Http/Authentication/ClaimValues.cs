using System.Text.Json;

namespace McpRuntime.Http.Authentication;

/// <summary>
/// Finds the values of a claim, by its name or by a path: <c>realm_access.roles</c>. Names have dots too, as in
/// <c>https://example.com/roles</c>, so that the longest name that is there counts.
/// </summary>
internal static class ClaimValues
{
    /// <param name="claims">Of a token.</param>
    /// <param name="path">Of the claim.</param>
    /// <returns>Each string of a list, the words of <c>scope</c> and <c>scp</c>, or the value itself.</returns>
    public static IEnumerable<string> Of(JsonElement claims, string path)
    {
        if (Find(claims, path) is not { } found)
            return [];
        var values = found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [found];
        var texts = values.Select(Text).OfType<string>();
        // RFC 6749 section 3.3.
        return path is "scope" or "scp" ? texts.SelectMany(Words) : texts;
    }

    public static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static JsonElement? Find(JsonElement within, string path)
    {
        if (within.ValueKind != JsonValueKind.Object)
            return null;
        if (within.TryGetProperty(path, out var named))
            return named;
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            if (within.TryGetProperty(path[..dot], out var outer) && Find(outer, path[(dot + 1)..]) is { } inner)
                return inner;
        }
        return null;
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
