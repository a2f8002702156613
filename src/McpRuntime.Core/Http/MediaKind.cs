namespace McpRuntime.Http;

/// <summary>What a body of a media type consists of.</summary>
internal enum MediaKind
{
    Json,
    Form,
    Multipart,

    /// <summary>A sequence of JSON values: one a line, or each after a record separator (RFC 7464).</summary>
    JsonLines,
    Text,
    Xml,
    Octets,
}
