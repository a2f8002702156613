namespace McpRuntime.Http;

/// <summary>A field of an answer that its caller gets to see.</summary>
/// <param name="Name">As the API wrote it; unique in an answer, whatever its case.</param>
/// <param name="Value">Secrets taken out and control characters dropped; of several fields of one name, joined with
/// <c>", "</c>.</param>
public sealed record AnswerHeader(string Name, string Value)
{
    /// <summary>Fields as a block of text, one a line below a heading; null for none.</summary>
    public static string? Block(IReadOnlyList<AnswerHeader> headers) =>
        headers.Count == 0
            ? null
            : $"Response headers:\n{string.Join('\n', headers.Select(header => $"{header.Name}: {header.Value}"))}";
}
