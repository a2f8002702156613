using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents.Json;

/// <summary>Says what is wrong with JSON text, where, and what to do.</summary>
public static class JsonSyntaxError
{
    /// <summary>What is wrong in one sentence or two, after its line and column, both counted from 1.</summary>
    /// <param name="text">UTF-8 that a parser refused: it is not JSON, or names a member of an object twice.</param>
    /// <param name="exception">What the parser said.</param>
    public static string Describe(ReadOnlyMemory<byte> text, JsonException exception)
    {
        if (IsJson(text.Span, UnboundedDepth.Reader) && JsonDuplicates.Find(text.Span, null) is [var twice, ..])
            return $"line {twice.Line}, column {twice.Column}: The key at {twice.Pointer} occurs more than once in "
                + "one object; remove or rename the others.";
        var offset = Offset(text, exception);
        var (line, column) = TextPositions.At(text.Span, offset);
        return $"line {line}, column {column}: {Message(text, offset, Lenient(maxDepth: 64))}";
    }

    internal static FindingsException Explain(
        ReadOnlyMemory<byte> text,
        JsonException exception,
        string? source,
        DocumentLimits limits
    )
    {
        var offset = Offset(text, exception);
        var (line, column) = TextPositions.At(text.Span, offset);
        if (IsJson(text.Span, new JsonReaderOptions { MaxDepth = int.MaxValue }))
        {
            return DocumentFailure.Because(
                DocumentRules.JsonDepth,
                $"The JSON is nested deeper than {limits.MaxDepth} levels; flatten it.",
                source,
                line,
                column
            );
        }
        var message = Message(text, offset, Lenient(limits.MaxDepth));
        return DocumentFailure.Because(DocumentRules.JsonSyntax, message, source, line, column);
    }

    private static int Offset(ReadOnlyMemory<byte> text, JsonException exception) =>
        TextPositions.Offset(
            text.Span,
            exception.LineNumber.GetValueOrDefault(),
            exception.BytePositionInLine.GetValueOrDefault()
        );

    private static JsonReaderOptions Lenient(int maxDepth) =>
        new()
        {
            MaxDepth = maxDepth,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };

    private static string Message(ReadOnlyMemory<byte> text, int offset, JsonReaderOptions lenient)
    {
        if (IsJson(text.Span, lenient))
            return "The JSON has a comment or a trailing comma, which JSON does not allow (RFC 8259); remove it.";
        if (offset >= text.Span.TrimEnd(" \t\r\n"u8).Length)
            return "The JSON ends unexpectedly: a string, an object or an array is still open. "
                + "The file may be cut off.";
        var at = (char)text.Span[offset];
        return char.IsAscii(at) && !char.IsControl(at)
            ? $"The JSON is not valid here: '{at}' is unexpected."
            : $"The JSON is not valid here: the byte 0x{(int)at:X2} is unexpected.";
    }

    // Reading tokens takes linear time at any depth; building a document does not, and the text may come from anyone.
    private static bool IsJson(ReadOnlySpan<byte> text, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(text, options);
        try
        {
            while (reader.Read())
            {
                // Nothing but whether it can be read counts.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
