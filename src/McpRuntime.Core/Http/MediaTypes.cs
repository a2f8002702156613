using System.Net.Http.Headers;

namespace McpRuntime.Http;

/// <summary>
/// Media types (RFC 9110 section 8.3.1). An essence is <c>type/subtype</c> in lower case, without parameters.
/// </summary>
internal static class MediaTypes
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";
    public const string Octets = "application/octet-stream";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    private const int MaxLength = 255;

    public static string Essence(string mediaType)
    {
        var end = mediaType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? mediaType : mediaType[..end]).Trim().ToLowerInvariant();
    }

    public static MediaKind KindOf(string essence)
    {
        // The open ranges mean JSON, which every API takes that leaves the type open.
        if (
            essence is Json or "text/json" or "*/*" or "application/*"
            || essence.EndsWith("+json", StringComparison.Ordinal)
        )
            return MediaKind.Json;
        if (essence == Form)
            return MediaKind.Form;
        if (essence.StartsWith("multipart/", StringComparison.Ordinal))
            return MediaKind.Multipart;
        if (
            IsJsonSequence(essence)
            || essence
                is "application/jsonl"
                    or "application/x-jsonl"
                    or "application/x-ndjson"
                    or "application/ndjson"
                    or "application/jsonlines"
                    or "application/x-jsonlines"
                    or "application/x-json-stream"
                    or "text/x-ndjson"
                    or "text/jsonl"
        )
            return MediaKind.JsonLines;
        if (essence is "application/xml" or "text/xml" || essence.EndsWith("+xml", StringComparison.Ordinal))
            return MediaKind.Xml;
        return
            essence.StartsWith("text/", StringComparison.Ordinal)
            || essence
                is "application/yaml"
                    or "application/x-yaml"
                    or "application/graphql"
                    or "application/javascript"
                    or "application/ecmascript"
                    or "application/sql"
                    or "application/toml"
            || essence.EndsWith("+yaml", StringComparison.Ordinal)
            ? MediaKind.Text
            : MediaKind.Octets;
    }

    public static bool IsJson(string essence) => KindOf(essence) == MediaKind.Json;

    public static bool IsXml(string essence) => KindOf(essence) == MediaKind.Xml;

    public static bool IsMultipart(string essence) => KindOf(essence) == MediaKind.Multipart;

    /// <summary>JSON text sequences (RFC 7464, RFC 8091), where each value follows a record separator.</summary>
    public static bool IsJsonSequence(string essence) =>
        essence == "application/json-seq" || essence.EndsWith("+json-seq", StringComparison.Ordinal);

    /// <summary>Types whose bytes are characters for a reader.</summary>
    public static bool IsText(string essence) => KindOf(essence) is not (MediaKind.Octets or MediaKind.Multipart);

    /// <summary>True for bodies that consist of named properties, which may be their own arguments.</summary>
    public static bool HasProperties(string essence) =>
        KindOf(essence) is MediaKind.Json or MediaKind.Form or MediaKind.Multipart;

    /// <summary>True for <c>type/subtype</c> with parameters and nothing that could end a header field.</summary>
    public static bool IsValid(string mediaType) =>
        IsPlain(mediaType)
        || (
            mediaType.Length <= MaxLength
            && !mediaType.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && MediaTypeHeaderValue.TryParse(mediaType, out var parsed)
            && parsed.MediaType?.Contains('/', StringComparison.Ordinal) == true
        );

    /// <summary>A list of media types or ranges, each with or without a weight.</summary>
    public static bool IsRangeList(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return false;
        foreach (var range in text.Split(','))
        {
            if (!MediaTypeWithQualityHeaderValue.TryParse(range.Trim(), out _))
                return false;
        }
        return true;
    }

    // Two tokens and a slash, which is nearly always all.
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return text.Length <= MaxLength
            && slash > 0
            && HttpToken.Is(text[..slash])
            && HttpToken.Is(text[(slash + 1)..]);
    }
}
