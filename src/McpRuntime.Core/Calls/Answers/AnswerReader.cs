using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Request;
using McpRuntime.Calls.Sending;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>Makes an answer of a successful response: its bytes stay exact, whatever their type.</summary>
internal static class AnswerReader
{
    public static ToolAnswer Read(UpstreamResponse response, OutgoingRequest request)
    {
        if (response.Body.Length == 0)
            return Empty(response, request);
        var essence = response.ContentType is null ? "" : MediaTypes.Essence(response.ContentType);
        if (IsBinary(essence, response.Body.Span))
            return Binary(response, request, essence);
        var utf8 = response.Body;
        var text = Encoding.UTF8.GetString(utf8.Span);
        if ((MediaTypes.IsJson(essence) || essence.Length == 0) && BodyText.LooksLikeJson(utf8.Span))
        {
            if (response.IsCut)
                return Cut(response, utf8) ?? CutText(response, text);
            if (IsJson(utf8.Span))
                return new ToolAnswer
                {
                    Status = response.Status,
                    Content = [new AnswerContent.Text(text)],
                    Structured = new JsonText(utf8),
                };
        }
        return response.IsCut
            ? CutText(response, text)
            : new ToolAnswer { Status = response.Status, Content = [new AnswerContent.Text(text)] };
    }

    private static ToolAnswer Empty(UpstreamResponse response, OutgoingRequest request)
    {
        var meaning =
            response.Status == 304 ? "nothing has changed since the version that the call named. The API sent no body."
            : request.Method == "HEAD" ? "the resource exists. HEAD returns headers only."
            : "done. The API sent no body.";
        return ToolAnswer.Text($"HTTP {response.Status}: {meaning}") with { Status = response.Status, IsEmpty = true };
    }

    private static ToolAnswer Binary(UpstreamResponse response, OutgoingRequest request, string essence)
    {
        // It goes to clients, who would trust it to be one.
        var mediaType = MediaTypes.IsValid(essence) ? essence : MediaTypes.Octets;
        if (response.IsCut)
            return ToolAnswer.Error(
                $"The API sent more than {CountText.Of(response.Body.Length, "byte")} of '{mediaType}', and "
                    + $"truncated bytes are unusable. Ask for less, or raise limits.max_response_bytes in the manifest."
            ) with
            {
                Status = response.Status,
            };
        AnswerContent content = mediaType switch
        {
            "image/png" or "image/jpeg" or "image/gif" or "image/webp" => new AnswerContent.Image(
                response.Body,
                mediaType
            ),
            _ when mediaType.StartsWith("audio/", StringComparison.Ordinal) => new AnswerContent.Audio(
                response.Body,
                mediaType
            ),
            _ => new AnswerContent.Blob(response.Body, mediaType, WithoutQuery(request.Url)),
        };
        return new ToolAnswer { Status = response.Status, Content = [content] };
    }

    private static ToolAnswer? Cut(UpstreamResponse response, ReadOnlyMemory<byte> utf8)
    {
        if (JsonCut.Shorten(utf8.Span) is not { } cut)
            return null;
        return new ToolAnswer
        {
            Status = response.Status,
            IsCut = true,
            Structured = cut.Json,
            Content =
            [
                new AnswerContent.Text(cut.Json.ToString()),
                new AnswerContent.Text(
                    $"The answer was longer than {CountText.Of(response.Body.Length, "byte")} and was truncated. "
                        + $"{cut.Note} Ask for less with the tool's arguments for paging, filters or fields, or raise "
                        + $"limits.max_response_bytes in the manifest."
                ),
            ],
        };
    }

    private static ToolAnswer CutText(UpstreamResponse response, string text) =>
        new()
        {
            Status = response.Status,
            IsCut = true,
            Content =
            [
                new AnswerContent.Text(text),
                new AnswerContent.Text(
                    $"The answer was longer than {CountText.Of(response.Body.Length, "byte")}; the rest was removed. "
                        + $"Ask for less, or raise limits.max_response_bytes in the manifest."
                ),
            ],
        };

    // An SVG image is text, and is more use as such.
    private static bool IsBinary(string essence, ReadOnlySpan<byte> body) =>
        essence.Length == 0 ? !System.Text.Unicode.Utf8.IsValid(body) : !MediaTypes.IsText(essence);

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Uri WithoutQuery(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return new Uri(
            end < 0 ? url : url[..end],
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
    }
}
