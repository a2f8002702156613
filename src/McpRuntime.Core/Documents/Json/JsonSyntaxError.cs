using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents.Json;

/// <summary>Says what is wrong with JSON text, where, and what to do.</summary>
internal static class JsonSyntaxError
{
    public static FindingsException Explain(
        ReadOnlyMemory<byte> text,
        JsonException exception,
        string? source,
        DocumentLimits limits
    )
    {
        var offset = TextPositions.Offset(
            text.Span,
            exception.LineNumber.GetValueOrDefault(),
            exception.BytePositionInLine.GetValueOrDefault()
        );
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
        var lenient = new JsonReaderOptions
        {
            MaxDepth = limits.MaxDepth,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };
        return DocumentFailure.Because(DocumentRules.JsonSyntax, Message(text, offset, lenient), source, line, column);
    }

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
