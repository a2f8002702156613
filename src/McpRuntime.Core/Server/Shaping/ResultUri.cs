using McpRuntime.Results;

namespace McpRuntime.Server.Shaping;

/// <summary>Stored results as resources: <c>mcp-runtime://results/HANDLE</c>.</summary>
internal static class ResultUri
{
    private const string Start = "mcp-runtime://results/";

    public static string Of(StoredResult stored) => Start + stored.Handle;

    /// <summary>The handle of a URI; the text itself where it is none: both can be given for a handle.</summary>
    public static string HandleOf(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) ? text[Start.Length..] : text;

    public static bool Is(string text) => text.StartsWith(Start, StringComparison.Ordinal);
}
