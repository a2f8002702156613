using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>An answer of an API that this session calls: it is read while it arrives.</summary>
internal sealed class ApiAnswer(StreamedAnswer answer) : IAnswer, IAnswerBody
{
    public ToolAnswer? Failure => answer.Failure;

    public int? Status => answer.Status;

    public IReadOnlyList<AnswerHeader> Headers => answer.Headers;

    public string? CallId => answer.CallId;

    public long ReceivedBytes => answer.ReceivedBytes;

    public long? AnnouncedBytes => answer.AnnouncedBytes;

    public bool IsComplete => answer.IsComplete;

    public IReadOnlyList<IAnswerBody> Bodies => answer.Format == AnswerFormat.None ? [] : [this];

    public AnswerFormat Format => answer.Format;

    public string MediaType => answer.MediaType;

    public Stream OpenBytes() => answer.OpenBytes();

    public Stream OpenText() => answer.OpenText();

    public JsonValueReader Values() => answer.Values();

    public void Dispose() => answer.Dispose();
}
