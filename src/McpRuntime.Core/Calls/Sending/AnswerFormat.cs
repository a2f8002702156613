using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using McpRuntime.Http;

namespace McpRuntime.Calls.Sending;

/// <summary>What the body of an answer is.</summary>
public enum AnswerFormat
{
    /// <summary>There is no body.</summary>
    None,

    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>JSON values, one a line (JSON Lines, NDJSON).</summary>
    JsonLines,

    /// <summary>Text of another kind.</summary>
    Text,

    /// <summary>Anything else.</summary>
    Bytes,
}

/// <summary>Tells what a body is before it has arrived.</summary>
internal static class AnswerFormats
{
    /// <param name="essence">The media type without parameters; empty for none.</param>
    /// <param name="contentType">The whole field, for its charset.</param>
    /// <param name="beginning">What has arrived; empty only where the body is.</param>
    public static (AnswerFormat Format, Encoding Encoding) Of(
        string essence,
        string? contentType,
        ReadOnlySpan<byte> beginning
    )
    {
        var encoding = BodyText.EncodingOf(contentType, beginning);
        if (beginning.IsEmpty)
            return (AnswerFormat.None, encoding);
        if (essence.Length == 0)
            return (OfUntyped(beginning, encoding), encoding);
        if (!MediaTypes.IsText(essence))
            return (AnswerFormat.Bytes, encoding);
        if (
            essence
            is "application/x-ndjson"
                or "application/ndjson"
                or "application/jsonl"
                or "application/x-jsonlines"
        )
            return (AnswerFormat.JsonLines, encoding);
        return (
            MediaTypes.IsJson(essence) && BodyText.LooksLikeJson(Decoded(beginning, encoding))
                ? AnswerFormat.Json
                : AnswerFormat.Text,
            encoding
        );
    }

    private static AnswerFormat OfUntyped(ReadOnlySpan<byte> beginning, Encoding encoding)
    {
        var text = Decoded(beginning, encoding);
        if (BodyText.LooksLikeJson(text) && BeginsJson(text))
            return AnswerFormat.Json;
        // The last character may still be arriving.
        return Utf8.IsValid(text[..^BodyText.PartialCharacter(text)]) ? AnswerFormat.Text : AnswerFormat.Bytes;
    }

    // Without a media type, text that only begins like JSON ("[INFO] …") is text.
    private static bool BeginsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(
                text,
                isFinalBlock: false,
                new JsonReaderState(new JsonReaderOptions { MaxDepth = 1024 })
            );
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> beginning, Encoding encoding)
    {
        if (beginning.StartsWith(encoding.Preamble))
            beginning = beginning[encoding.Preamble.Length..];
        return encoding.CodePage is 65001 or 20127 ? beginning : Encoding.UTF8.GetBytes(encoding.GetString(beginning));
    }
}
