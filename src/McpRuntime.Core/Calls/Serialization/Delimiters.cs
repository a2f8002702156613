using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>What is between the items of an array that is not exploded.</summary>
internal static class Delimiters
{
    /// <summary>As it goes into a URL (OpenAPI 3.1.1, Style Examples): only the comma may be there as it is.</summary>
    public static string Encoded(ArrayDelimiter delimiter) =>
        delimiter switch
        {
            ArrayDelimiter.Space => "%20",
            ArrayDelimiter.Pipe => "%7C",
            ArrayDelimiter.Tab => "%09",
            _ => ",",
        };

    /// <summary>As it goes into a header field.</summary>
    public static char Plain(ArrayDelimiter delimiter) =>
        delimiter switch
        {
            ArrayDelimiter.Space => ' ',
            ArrayDelimiter.Pipe => '|',
            ArrayDelimiter.Tab => '\t',
            _ => ',',
        };
}
