using System.Globalization;
using McpRuntime.Calls;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// An answer on standard output, errors and response headers on standard error. A pipe or a file gets the exact bytes; a terminal gets
/// text with control characters escaped, and of other data a description.
/// </summary>
internal static class AnswerOutput
{
    public static async Task WriteAsync(Terminal terminal, ToolAnswer answer, CancellationToken cancellationToken)
    {
        foreach (var content in answer.Content)
        {
            switch (content)
            {
                case AnswerContent.Text { Value: var text } when answer.IsError:
                    await terminal.Error.WriteLineAsync(
                        terminal.OnError(Colour.Red, UntrustedText.ForTerminal(text, keepLines: true)));
                    break;
                case AnswerContent.Text { Value: var text }:
                    await terminal.Out.WriteLineAsync(
                        Terminal.IsOutWatched ? UntrustedText.ForTerminal(text, keepLines: true) : text);
                    break;
                case AnswerContent.Image { Data: var data, MediaType: var mediaType }:
                    await WriteDataAsync(terminal, data, mediaType, cancellationToken);
                    break;
                case AnswerContent.Audio { Data: var data, MediaType: var mediaType }:
                    await WriteDataAsync(terminal, data, mediaType, cancellationToken);
                    break;
                case AnswerContent.Blob { Data: var data, MediaType: var mediaType }:
                    await WriteDataAsync(terminal, data, mediaType, cancellationToken);
                    break;
            }
        }
        // Not with the body, which scripts read.
        if (answer.HeadersText() is { } headers)
            await terminal.Error.WriteLineAsync(UntrustedText.ForTerminal(headers, keepLines: true));
    }

    private static async Task WriteDataAsync(
        Terminal terminal, ReadOnlyMemory<byte> data, string mediaType, CancellationToken cancellationToken)
    {
        if (Terminal.IsOutWatched)
        {
            var size = data.Length.ToString("N0", CultureInfo.InvariantCulture);
            await terminal.Out.WriteLineAsync(
                $"[{UntrustedText.ForTerminal(mediaType)}, {size} bytes: redirect the output into a file to keep them]");
            return;
        }
        await using var output = Terminal.OpenOutput();
        await output.WriteAsync(data, cancellationToken);
    }
}
