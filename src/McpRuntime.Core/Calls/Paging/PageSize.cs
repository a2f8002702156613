using System.Text.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Paging;

/// <summary>
/// The size of pages where the caller gives none: as many as are wanted, where the document says how many are allowed.
/// </summary>
internal static class PageSize
{
    /// <summary>The arguments of the first page.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">As the caller gave them.</param>
    /// <param name="wanted">How many items the caller wants; null for all.</param>
    public static JsonElement Choose(ToolManifest tool, JsonElement arguments, long? wanted)
    {
        if (
            tool.Pagination is not { PageSize: { } name, MaxPageSize: { } most }
            || (arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out _))
        )
            return arguments;
        var size = Math.Min(most, wanted ?? most);
        return size < Least(tool, name) ? arguments : PageArguments.With(arguments, name, size);
    }

    // Below a size that is used anyway there is nothing to gain.
    private static long Least(ToolManifest tool, string name)
    {
        if (
            tool.InputSchema.ToElement() is not { ValueKind: JsonValueKind.Object } schema
            || !schema.TryGetProperty("properties"u8, out var properties)
            || properties.ValueKind != JsonValueKind.Object
            || !properties.TryGetProperty(name, out var size)
            || size.ValueKind != JsonValueKind.Object
        )
            return 1;
        return Math.Max(Number(size, "minimum"u8), Number(size, "default"u8));
    }

    private static long Number(JsonElement schema, ReadOnlySpan<byte> keyword) =>
        schema.TryGetProperty(keyword, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : 1;
}
