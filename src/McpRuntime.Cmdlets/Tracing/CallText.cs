using System.Globalization;
using System.Text;
using System.Text.Unicode;
using McpRuntime.Calls.Recording;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>What a call did, as text for verbose and debug messages; nothing in it acts on a terminal.</summary>
internal static class CallText
{
    // A message is read, not processed: more than a screen of a body is of no use. The rest is counted.
    private const int MaxShown = 4096;

    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(10);

    /// <summary>One line for a request and what came back.</summary>
    public static string Line(SentRequest request, ReceivedResponse response)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Url}: ");
        if (response.Status is { } status)
            line.Append(
                CultureInfo.InvariantCulture,
                $"{status}{(response.ReasonPhrase is { } words ? $" {words}" : "")}"
            );
        else
            line.Append("no answer");
        line.Append(CultureInfo.InvariantCulture, $" after {response.Duration.TotalMilliseconds:0} ms");
        if (response.RedirectedTo is { } target)
            line.Append(", redirected to ").Append(target);
        else if (response.Status is not null)
            line.Append(", ").Append(Body(response));
        if (request.Attempt > 1 || response.Status is null or >= 400)
            line.Append(CultureInfo.InvariantCulture, $", attempt {request.Attempt} of {request.MaxAttempts}");
        if (request.Waited >= Noticeable)
            line.Append(CultureInfo.InvariantCulture, $", waited {request.Waited.TotalMilliseconds:0} ms before");
        line.Append(", call ").Append(request.CallId);
        if (response.Failure is { } failure)
            line.Append(": ").Append(failure);
        return UntrustedText.ForTerminal(line.ToString());
    }

    /// <summary>What is waited for.</summary>
    public static string Wait(CallWait wait) =>
        wait.Reason switch
        {
            CallWaitReason.Retry => "Waiting for the next attempt",
            CallWaitReason.Operation => "Waiting for the end of the operation",
            CallWaitReason.RequestsPerMinute => "Waiting for the rate limit (limits.requests_per_minute)",
            _ => "Waiting for another call to end (limits.max_concurrency)",
        };

    /// <summary>A request with its header fields and the beginning of its body.</summary>
    public static string Request(SentRequest request)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method} {request.Url}");
        foreach (var (name, value) in request.Content?.Headers ?? [])
            text.Append(CultureInfo.InvariantCulture, $"\n{name}: {value}");
        if (request.Content is { HasBody: true } content)
            AppendBody(text, content.Body.Span, isWhole: true);
        return UntrustedText.ForTerminal(text.ToString(), keepLines: true);
    }

    /// <summary>What came back, with its header fields and the beginning of its body.</summary>
    public static string Response(ReceivedResponse response)
    {
        if (response.Status is not { } status)
            return UntrustedText.ForTerminal($"No answer: {response.Failure}");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{status} {response.ReasonPhrase}");
        foreach (var (name, value) in response.Headers)
            text.Append(CultureInfo.InvariantCulture, $"\n{name}: {value}");
        if (response.Beginning.Length > 0)
            AppendBody(text, response.Beginning.Span, response.IsComplete);
        else if (response.Bytes > 0)
            text.Append("\n\n(").Append(Body(response)).Append(')');
        return UntrustedText.ForTerminal(text.ToString(), keepLines: true);
    }

    private static string Body(ReceivedResponse response)
    {
        var type = response.MediaType is { } media && response.Bytes > 0 ? $" of {media}" : "";
        if (response.IsComplete)
            return ByteCount.Exact(response.Bytes) + type;
        return response.AnnouncedBytes is { } announced
            ? $"the first {ByteCount.Exact(response.Bytes)} of {ByteCount.Exact(announced)}{type}"
            : $"the first {ByteCount.Exact(response.Bytes)}{type}";
    }

    private static void AppendBody(StringBuilder text, ReadOnlySpan<byte> body, bool isWhole)
    {
        var shown = body.Length > MaxShown ? body[..WholeCharacters(body)] : body;
        text.Append("\n\n");
        if (!Utf8.IsValid(shown))
        {
            text.Append(CultureInfo.InvariantCulture, $"({ByteCount.Exact(body.Length)} that are not text)");
            return;
        }
        text.Append(Encoding.UTF8.GetString(shown));
        if (!isWhole)
            text.Append("\n(more follows)");
        else if (shown.Length < body.Length)
            text.Append(CultureInfo.InvariantCulture, $"\n({ByteCount.Exact(body.Length)} in all)");
    }

    // Not within a character.
    private static int WholeCharacters(ReadOnlySpan<byte> body)
    {
        var length = MaxShown;
        while (length > MaxShown - 4 && (body[length] & 0xC0) == 0x80)
            length--;
        return length;
    }
}
