using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>An answer of an MCP server, which is there at once.</summary>
/// <param name="answer">Its blocks, and the API's fields where the server is McpRuntime.</param>
/// <param name="maximumBytes">A longer answer is an error; null for any.</param>
internal sealed class ServerAnswer(ToolAnswer answer, long? maximumBytes) : IAnswer
{
    private readonly Body[] _bodies = BodiesOf(answer);

    public ToolAnswer? Failure => answer.IsError ? answer : null;

    public int? Status => answer.Status;

    public IReadOnlyList<AnswerHeader> Headers => answer.Headers;

    public string? CallId => null;

    public long ReceivedBytes => _bodies.Sum(body => (long)body.Bytes.Length);

    public long? AnnouncedBytes => null;

    public bool IsComplete => true;

    /// <exception cref="AnswerException">The answer is longer than the bound.</exception>
    /// <exception cref="AnswerOutputException">The server cut it.</exception>
    public IReadOnlyList<IAnswerBody> Bodies
    {
        get
        {
            if (answer.IsCut)
                throw new AnswerOutputException(
                    ErrorId.AnswerTruncated,
                    "The server truncated its answer to the limit for models (limits.max_response_bytes), so "
                        + "it is not written. Call the tool in this session, without -Runtime or -Server, to "
                        + "get all of it; ask for less; or raise the limit in the manifest."
                );
            return maximumBytes is { } most && _bodies.Sum(body => (long)body.Bytes.Length) > most
                ? throw new AnswerException(
                    AnswerFault.TooLarge,
                    $"The answer of the server is longer than {most} bytes."
                )
                : _bodies;
        }
    }

    public void Dispose() { }

    private static Body[] BodiesOf(ToolAnswer answer)
    {
        if (answer.IsError || answer.IsEmpty)
            return [];
        var text = answer.Content is [AnswerContent.Text only] ? TextBody(only.Value, mayBeJson: true) : null;
        // The text of the runtime's own servers is that of the API, to the byte; the protocol writes structured content
        // anew.
        if (answer.Structured is { } structured)
            return
            [
                new Body(AnswerFormat.Json, "application/json", structured.Utf8)
                {
                    Text = text is { Format: AnswerFormat.Json } ? text.Bytes : structured.Utf8,
                },
            ];
        return text is not null ? [text] : [.. answer.Content.Select(Of)];
    }

    private static Body Of(AnswerContent content) =>
        content switch
        {
            AnswerContent.Text text => TextBody(text.Value, mayBeJson: false),
            AnswerContent.Image image => new Body(AnswerFormat.Bytes, image.MediaType, image.Data),
            AnswerContent.Audio audio => new Body(AnswerFormat.Bytes, audio.MediaType, audio.Data),
            AnswerContent.Blob blob => new Body(AnswerFormat.Bytes, blob.MediaType, blob.Data),
            _ => throw new ArgumentException($"Content of type {content.GetType().Name} is unknown.", nameof(content)),
        };

    private static Body TextBody(string text, bool mayBeJson)
    {
        var isJson = mayBeJson && text.AsSpan().TrimStart() is ['{' or '[', ..] && IsJson(text);
        return new Body(
            isJson ? AnswerFormat.Json : AnswerFormat.Text,
            isJson ? "application/json" : "text/plain",
            Encoding.UTF8.GetBytes(text)
        );
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Body(AnswerFormat Format, string MediaType, ReadOnlyMemory<byte> Bytes) : IAnswerBody
    {
        /// <summary>The text where it is written otherwise than <see cref="Bytes"/>.</summary>
        public ReadOnlyMemory<byte> Text { get; init; } = Bytes;

        public Stream OpenBytes() => OpenText();

        public Stream OpenText() => Open(Text);

        public JsonValueReader Values() => new(Open(Bytes));

        private static MemoryStream Open(ReadOnlyMemory<byte> bytes) => new(bytes.ToArray(), writable: false);
    }
}
