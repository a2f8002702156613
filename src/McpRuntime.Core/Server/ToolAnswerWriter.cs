using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Json;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Server;

/// <summary>
/// Writes an answer as the result of <c>tools/call</c> (MCP, CallToolResult), for the revision of the request.
/// </summary>
internal static class ToolAnswerWriter
{
    public static RawResult Write(ToolAnswer answer, string? revision)
    {
        using var buffer = new PooledBuffer();
        Write(answer, revision, buffer);
        buffer.Append(RawResult.End);
        return new RawResult(buffer.Span.ToArray());
    }

    /// <summary>Appends the result alone.</summary>
    public static void Write(ToolAnswer answer, string? revision, PooledBuffer buffer)
    {
        var isPerRequest = ProtocolEra.IsPerRequest(revision);
        var hasMeta =
            answer.Headers.Count > 0
            || answer.IsEmpty
            || answer.IsCut
            || answer.ErrorCode is not null
            || answer.Reused is not null;
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("content"u8);
            foreach (var content in answer.Content)
            {
                if (content is not AnswerContent.Link || ProtocolEra.HasResourceLinks(revision))
                    Write(writer, content, revision);
            }
            // Next to the body, not in it: structuredContent stays what the API sent, and fits its schema.
            if (answer.HeadersText() is { } headers)
                Write(writer, new AnswerContent.Text(headers), revision);
            writer.WriteEndArray();
            if (answer.Structured is { } structured)
                WriteStructured(writer, structured, isPerRequest);
            if (answer.IsError)
                writer.WriteBoolean("isError"u8, true);
            if (isPerRequest)
                writer.WriteString("resultType"u8, "complete"u8);
            if (hasMeta)
                WriteMeta(writer, answer, isPerRequest);
            if (!isPerRequest || hasMeta)
                writer.WriteEndObject();
        }
        if (isPerRequest && !hasMeta)
        {
            buffer.Append(","u8);
            buffer.Append(ServerIdentity.MetaMember);
            buffer.Append("}"u8);
        }
        buffer.MakeOneLine();
    }

    // For programs, which should not have to parse the text.
    private static void WriteMeta(Utf8JsonWriter writer, ToolAnswer answer, bool isPerRequest)
    {
        writer.WriteStartObject("_meta"u8);
        if (isPerRequest)
        {
            writer.WritePropertyName(MetaKeys.ServerInfo);
            writer.WriteRawValue(ServerIdentity.Info, skipInputValidation: true);
        }
        if (answer.IsEmpty || answer.IsCut)
            writer.WriteString(AnswerMeta.Body, answer.IsCut ? AnswerMeta.Truncated : AnswerMeta.NoBody);
        if (answer.ErrorCode is { } code)
            writer.WriteString(AnswerMeta.Error, code);
        if (answer.Reused is { } reused)
        {
            writer.WriteStartObject(AnswerMeta.Cache);
            writer.WriteNumber("age"u8, reused.AgeSeconds);
            writer.WriteBoolean("revalidated"u8, reused.IsRevalidated);
            writer.WriteEndObject();
        }
        if (answer.Headers.Count > 0)
        {
            writer.WriteStartObject(AnswerMeta.Headers);
            foreach (var (name, value) in answer.Headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    // Until 2025-11-25 structuredContent is an object; other values stand under "result", as output schemas do.
    private static void WriteStructured(Utf8JsonWriter writer, JsonText structured, bool isPerRequest)
    {
        writer.WritePropertyName("structuredContent"u8);
        if (isPerRequest || IsObject(structured.Utf8.Span))
        {
            structured.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        writer.WritePropertyName("result"u8);
        structured.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static bool IsObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static void Write(Utf8JsonWriter writer, AnswerContent content, string? revision)
    {
        writer.WriteStartObject();
        switch (content)
        {
            case AnswerContent.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                break;
            case AnswerContent.Image image:
                WriteMedia(writer, "image"u8, image.Data.Span, image.MediaType);
                break;
            case AnswerContent.Audio audio when ProtocolEra.HasAudio(revision):
                WriteMedia(writer, "audio"u8, audio.Data.Span, audio.MediaType);
                break;
            case AnswerContent.Audio audio:
                WriteResource(writer, "answer:audio", audio.Data.Span, audio.MediaType);
                break;
            case AnswerContent.Link link:
                writer.WriteString("type"u8, "resource_link"u8);
                writer.WriteString("uri"u8, link.Uri);
                writer.WriteString("name"u8, link.Title);
                writer.WriteString("mimeType"u8, link.MediaType);
                writer.WriteNumber("size"u8, link.Bytes);
                break;
            case AnswerContent.Blob blob:
                WriteResource(writer, blob.Uri.AbsoluteUri, blob.Data.Span, blob.MediaType);
                break;
            default:
                throw new ArgumentException(
                    $"Content of type {content.GetType().Name} cannot be written.",
                    nameof(content)
                );
        }
        writer.WriteEndObject();
    }

    private static void WriteMedia(
        Utf8JsonWriter writer,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> data,
        string mediaType
    )
    {
        writer.WriteString("type"u8, type);
        writer.WriteBase64String("data"u8, data);
        writer.WriteString("mimeType"u8, mediaType);
    }

    private static void WriteResource(Utf8JsonWriter writer, string uri, ReadOnlySpan<byte> data, string mediaType)
    {
        writer.WriteString("type"u8, "resource"u8);
        writer.WriteStartObject("resource"u8);
        writer.WriteString("uri"u8, uri);
        writer.WriteString("mimeType"u8, mediaType);
        writer.WriteBase64String("blob"u8, data);
        writer.WriteEndObject();
    }
}
