using System.Text;
using McpRuntime.Calls.Sending;
using McpRuntime.Credentials;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// An answer whose body is read while it arrives, whole or up to a bound of the caller's own. Dispose it: what has not
/// arrived by then is given up.
/// </summary>
public sealed class StreamedAnswer : IDisposable
{
    private readonly OpenBody? _body;
    private readonly CallCredentials? _credentials;
    private readonly Encoding _encoding = Encoding.UTF8;
    private JsonValueReader? _values;

    /// <summary>A call that failed, or whose answer has no body.</summary>
    internal StreamedAnswer(ToolAnswer ended, string callId)
    {
        Ended = ended;
        CallId = callId;
        Status = ended.Status;
        Headers = ended.Headers;
    }

    /// <summary>A body that arrives; it and the credentials are this object's to dispose.</summary>
    internal StreamedAnswer(UpstreamResponse response, OpenBody body, CallCredentials credentials, string callId)
    {
        (_body, _credentials) = (body, credentials);
        Status = response.Status;
        Headers = AnswerHeaders.Clean(response.Headers, credentials.Redactor);
        CallId = callId;
        var essence = response.ContentType is null ? "" : MediaTypes.Essence(response.ContentType);
        (Format, _encoding) = AnswerFormats.Of(essence, response.ContentType, body.Beginning);
        MediaType =
            MediaTypes.IsValid(essence) ? essence
            : Format == AnswerFormat.Bytes ? MediaTypes.Octets
            : "";
    }

    /// <summary>
    /// The answer of a call that failed, with <see cref="ToolAnswer.IsError"/>; null where the API answered with
    /// success.
    /// </summary>
    public ToolAnswer? Failure => Ended is { IsError: true } ? Ended : null;

    /// <summary>The API's HTTP status; null when no answer came.</summary>
    public int? Status { get; }

    /// <inheritdoc cref="ToolAnswer.Headers"/>
    public IReadOnlyList<AnswerHeader> Headers { get; }

    /// <summary>Identifies the call in log and audit, and to the API as <c>X-Request-Id</c>.</summary>
    public string CallId { get; }

    /// <summary>What the body is, by its media type and its first bytes.</summary>
    public AnswerFormat Format { get; }

    /// <summary><c>type/subtype</c> in lower case; empty where the API gives none that is valid.</summary>
    public string MediaType { get; } = "";

    /// <summary>Bytes of the body that have arrived, after decompression.</summary>
    public long ReceivedBytes => _body?.Received ?? 0;

    /// <summary>Bytes of the body as the server announced them, before decompression; null where it did not.</summary>
    public long? AnnouncedBytes => _body?.Announced;

    /// <summary>All of the body has arrived.</summary>
    public bool IsComplete => _body?.IsComplete ?? true;

    /// <inheritdoc cref="OpenBody.SettleAsync"/>
    public ValueTask SettleAsync(TimeSpan moment, CancellationToken cancellationToken) =>
        _body?.SettleAsync(moment, cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>
    /// The bytes of the body after decompression, secrets of the call taken out. Read it once, or
    /// <see cref="OpenText"/> or <see cref="Values"/>.
    /// </summary>
    /// <remarks>Reading throws <see cref="AnswerException"/>.</remarks>
    public Stream OpenBytes() =>
        _body is null ? Stream.Null
        : _credentials!.Redactor.HasSecrets ? new RedactedStream(_body, _credentials.Redactor)
        : _body;

    /// <summary>
    /// The body as UTF-8 without a byte order mark, whatever its charset, secrets of the call taken out.
    /// </summary>
    /// <inheritdoc cref="OpenBytes" path="/remarks"/>
    public Stream OpenText()
    {
        if (_body is null)
            return Stream.Null;
        if (_body.Beginning.StartsWith(_encoding.Preamble))
            _body.Skip(_encoding.Preamble.Length);
        Stream text = _encoding.CodePage is 65001 or 20127
            ? _body
            : Encoding.CreateTranscodingStream(_body, _encoding, Encoding.UTF8, leaveOpen: true);
        return _credentials!.Redactor.HasSecrets ? new RedactedStream(text, _credentials.Redactor) : text;
    }

    /// <summary>
    /// The values of a JSON body, each as soon as it has arrived; see <see cref="JsonValueReader"/> for what a value
    /// is.
    /// </summary>
    /// <inheritdoc cref="OpenBytes" path="/remarks"/>
    public JsonValueReader Values() => _values ??= new JsonValueReader(OpenText(), Format == AnswerFormat.JsonLines);

    /// <summary>The URL of the request, without what credentials add; null where none was sent.</summary>
    internal string? RequestUrl { get; init; }

    /// <summary>The answer where nothing arrives any more; null for one with a body.</summary>
    internal ToolAnswer? Ended { get; }

    public void Dispose()
    {
        _values?.Dispose();
        _body?.Dispose();
        _credentials?.Dispose();
    }
}
