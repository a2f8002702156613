using McpRuntime.Http;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Chooses among the media types of a body the one that carries most of its schema and is made most surely.
/// </summary>
internal static class MediaTypeChoice
{
    /// <summary>The best one; null where there is none. Of equals, the first.</summary>
    internal static MediaType? Best(IReadOnlyList<MediaType> content)
    {
        MediaType? best = null;
        var rank = int.MaxValue;
        for (var i = 0; i < content.Count; i++)
        {
            var type = content[i];
            if (Rank(type.Name) is var own && own < rank)
                (best, rank) = (type, own);
        }
        return best;
    }

    internal static bool IsJson(string name) => MediaTypes.IsJson(MediaTypes.Essence(name));

    /// <summary>The media type that goes out: a range is not one.</summary>
    internal static string Concrete(string name)
    {
        var essence = MediaTypes.Essence(name);
        return essence is "*/*" or "application/*" ? "application/json"
            : essence == "text/*" ? "text/plain"
            : essence == "multipart/*" ? "multipart/form-data"
            : essence.EndsWith("/*", StringComparison.Ordinal) ? "application/octet-stream"
            : name;
    }

    private static int Rank(string name)
    {
        var essence = MediaTypes.Essence(name);
        return essence switch
        {
            "application/json" => 0,
            "text/json" => 3,
            "application/merge-patch+json" => 2,
            // A patch is written about a document, not as one.
            "application/json-patch+json" => 20,
            "*/*" or "application/*" => 4,
            "multipart/form-data" => 6,
            "text/plain" => 9,
            _ => MediaTypes.KindOf(essence) switch
            {
                MediaKind.Json => 1,
                MediaKind.Form => 5,
                MediaKind.Multipart => 7,
                MediaKind.JsonLines => 8,
                MediaKind.Text => 10,
                MediaKind.Xml => 11,
                _ => 12,
            },
        };
    }
}
