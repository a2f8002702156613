using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Documents;

/// <summary>Says what is wrong with JSON text, where, and what to do.</summary>
internal static class JsonSyntaxError
{
    public static FindingsException Explain(
        ReadOnlyMemory<byte> text, JsonException exception, string? source, DocumentLimits limits)
    {
        var offset = TextPositions.Offset(
            text.Span, exception.LineNumber.GetValueOrDefault(), exception.BytePositionInLine.GetValueOrDefault());
        var (line, column) = TextPositions.At(text.Span, offset);
        if (Parses(text, new JsonDocumentOptions { MaxDepth = AnyDepth.Levels }))
        {
            return DocumentFailure.Because(
                DocumentRules.JsonDepth, $"The JSON is nested deeper than {limits.MaxDepth} levels; flatten it.",
                source, line, column);
        }
        var lenient = new JsonDocumentOptions
        {
            MaxDepth = limits.MaxDepth,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        };
        return DocumentFailure.Because(DocumentRules.JsonSyntax, Message(text, offset, lenient), source, line, column);
    }

    private static string Message(ReadOnlyMemory<byte> text, int offset, JsonDocumentOptions lenient)
    {
        if (Parses(text, lenient))
            return "The JSON has a comment or a trailing comma, which JSON does not know (RFC 8259): remove it.";
        if (offset >= text.Span.TrimEnd(" \t\r\n"u8).Length)
            return "The JSON ends too early: a string, an object or an array is still open. The file may be cut off.";
        var at = (char)text.Span[offset];
        return char.IsAscii(at) && !char.IsControl(at)
            ? $"The JSON is not valid here: '{at}' is not what may come next."
            : $"The JSON is not valid here: the byte 0x{(int)at:X2} is not what may come next.";
    }

    private static bool Parses(ReadOnlyMemory<byte> text, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(text, options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
