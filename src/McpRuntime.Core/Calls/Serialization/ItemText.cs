using System.Text;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>
/// One item of an array. An array in it is joined with its own delimiter where the manifest names one (OpenAPI 2.0,
/// Items Object, <c>collectionFormat</c>); everything else is text, objects as compact JSON.
/// </summary>
internal static class ItemText
{
    /// <summary>
    /// Appends the item to a URL or form; false, and nothing is written, for a null or an empty array.
    /// </summary>
    public static bool Append(StringBuilder output, JsonElement item, ArrayItems? items, UrlSet set)
    {
        if (item.ValueKind != JsonValueKind.Array || items is null)
        {
            if (ScalarText.Of(item) is not { } text)
                return false;
            UrlText.Append(output, text, set);
            return true;
        }
        var isFirst = true;
        foreach (var inner in item.EnumerateArray())
        {
            var start = output.Length;
            if (!isFirst)
                output.Append(Delimiters.Encoded(items.Delimiter));
            if (Append(output, inner, items.Items, set))
                isFirst = false;
            else
                output.Length = start;
        }
        return !isFirst;
    }

    /// <summary>The item where nothing is encoded, as in a header field or a part; null for nothing.</summary>
    public static string? Plain(JsonElement item, ArrayItems? items)
    {
        if (item.ValueKind != JsonValueKind.Array || items is null)
            return ScalarText.Of(item);
        var texts = item.EnumerateArray().Select(inner => Plain(inner, items.Items)).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Join(Delimiters.Plain(items.Delimiter), texts);
    }
}
