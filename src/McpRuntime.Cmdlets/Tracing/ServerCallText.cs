using System.Globalization;
using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tracing;

/// <summary>A call of an MCP server's tool, as text for verbose and debug messages.</summary>
internal static class ServerCallText
{
    private const int MaxShown = 4096;

    public static string Line(string server, string tool, ToolAnswer answer, TimeSpan duration)
    {
        var status =
            answer.Status is { } code ? $"HTTP {code}"
            : answer.Failure is { } failure ? failure.ToString().ToLowerInvariant()
            : answer.IsError ? "error"
            : "succeeded";
        return UntrustedText.ForTerminal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"tools/call {tool} of '{server}': {status} after {duration.TotalMilliseconds:0} ms, "
                    + $"{ByteCount.Exact(Bytes(answer))}"
            )
        );
    }

    public static string Request(string server, string tool, JsonElement arguments) =>
        UntrustedText.ForTerminal(
            $"tools/call {tool} of '{server}'\n\n{UntrustedText.Shorten(arguments.GetRawText(), MaxShown)}",
            keepLines: true
        );

    public static string Response(ToolAnswer answer)
    {
        var text = string.Join(
            "\n",
            answer.Content.Select(block =>
                block is AnswerContent.Text words ? words.Value : $"({block.GetType().Name.ToLowerInvariant()})"
            )
        );
        return UntrustedText.ForTerminal(
            $"{(answer.IsError ? "Error" : "Result")}\n\n{UntrustedText.Shorten(text, MaxShown)}",
            keepLines: true
        );
    }

    private static long Bytes(ToolAnswer answer) =>
        answer.Content.Sum(block =>
            block switch
            {
                AnswerContent.Text text => (long)System.Text.Encoding.UTF8.GetByteCount(text.Value),
                AnswerContent.Image image => image.Data.Length,
                AnswerContent.Audio audio => audio.Data.Length,
                AnswerContent.Blob blob => blob.Data.Length,
                _ => 0,
            }
        );
}
