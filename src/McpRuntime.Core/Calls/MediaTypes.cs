namespace McpRuntime.Calls;

/// <summary>Media types (RFC 9110 section 8.3.1) as far as a call has to know them.</summary>
internal static class MediaTypes
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Octets = "application/octet-stream";

    /// <summary><c>type/subtype</c> in lower case, without parameters.</summary>
    public static string Essence(string mediaType)
    {
        var end = mediaType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? mediaType : mediaType[..end]).Trim().ToLowerInvariant();
    }

    /// <summary>JSON itself, the <c>+json</c> suffix (RFC 6839) and the older spellings.</summary>
    public static bool IsJson(string essence) =>
        essence is "application/json" or "text/json" or "*/*" or "application/*" || essence.EndsWith("+json", StringComparison.Ordinal);

    public static bool IsXml(string essence) =>
        essence is "application/xml" or "text/xml" || essence.EndsWith("+xml", StringComparison.Ordinal);

    public static bool IsMultipart(string essence) => essence.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Types whose bytes are characters for a reader.</summary>
    public static bool IsText(string essence) =>
        essence.StartsWith("text/", StringComparison.Ordinal) || IsXml(essence) || IsJson(essence)
        || essence is Form or "application/yaml" or "application/x-yaml" or "application/javascript" or "application/ecmascript"
            or "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" or "application/json-seq" or "application/graphql"
            or "application/sql" or "application/toml"
        || essence.EndsWith("+yaml", StringComparison.Ordinal);

    /// <summary>True for <c>type/subtype</c> with parameters and nothing that could end a header field.</summary>
    public static bool IsValid(string mediaType) =>
        mediaType.Length <= 255 && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(mediaType, out _)
        && !mediaType.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
