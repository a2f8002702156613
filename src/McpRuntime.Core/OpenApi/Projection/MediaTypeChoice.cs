using McpRuntime.OpenApi.Operations;

namespace McpRuntime.OpenApi.Projection;

/// <summary>What a media type's body is made of.</summary>
internal enum MediaKind
{
    Json,
    Form,
    Multipart,
    JsonLines,
    Text,
    Xml,
    Octets,
}

/// <summary>Chooses among the media types of a body the one that carries most of its schema and is made most surely.</summary>
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

    /// <summary><c>type/subtype</c> in lower case, without parameters.</summary>
    internal static string Essence(string name)
    {
        var end = name.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? name : name[..end]).Trim().ToLowerInvariant();
    }

    internal static bool IsJson(string name) => KindOf(Essence(name)) == MediaKind.Json;

    internal static MediaKind KindOf(string essence)
    {
        if (essence is "application/json" or "text/json" or "*/*" or "application/*" || essence.EndsWith("+json", StringComparison.Ordinal))
            return MediaKind.Json;
        if (essence == "application/x-www-form-urlencoded")
            return MediaKind.Form;
        if (essence.StartsWith("multipart/", StringComparison.Ordinal))
            return MediaKind.Multipart;
        if (essence is "application/jsonl" or "application/x-ndjson" or "application/ndjson" or "application/x-jsonlines")
            return MediaKind.JsonLines;
        if (essence is "application/xml" or "text/xml" || essence.EndsWith("+xml", StringComparison.Ordinal))
            return MediaKind.Xml;
        return essence.StartsWith("text/", StringComparison.Ordinal)
            || essence is "application/yaml" or "application/x-yaml" or "application/graphql" or "application/javascript"
                or "application/sql" or "application/toml" or "application/json-seq" || essence.EndsWith("+yaml", StringComparison.Ordinal)
            ? MediaKind.Text
            : MediaKind.Octets;
    }

    /// <summary>The media type that goes out: a range is not one.</summary>
    internal static string Concrete(string name)
    {
        var essence = Essence(name);
        return essence is "*/*" or "application/*" ? "application/json"
            : essence == "text/*" ? "text/plain"
            : essence == "multipart/*" ? "multipart/form-data"
            : essence.EndsWith("/*", StringComparison.Ordinal) ? "application/octet-stream"
            : name;
    }

    private static int Rank(string name)
    {
        var essence = Essence(name);
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
            _ => KindOf(essence) switch
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
