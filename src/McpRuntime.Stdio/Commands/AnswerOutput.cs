using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Diagnostics;
using McpRuntime.Http;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// An answer on standard output, whole; errors and response headers on standard error. A pipe or a file gets the exact
/// bytes as they arrive; a terminal gets text with control characters escaped, and of other data a description.
/// </summary>
internal static class AnswerOutput
{
    /// <exception cref="AnswerException">The rest of the answer cannot be read.</exception>
    public static async Task WriteAsync(Terminal terminal, StreamedAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Failure is { } failure)
            await WriteFailureAsync(terminal, failure);
        else if (answer.Format == AnswerFormat.None)
            await terminal.Error.WriteLineAsync($"HTTP {answer.Status}: the API sent no body.");
        else if (answer.Format == AnswerFormat.Bytes && Terminal.IsOutWatched)
            await terminal.Out.WriteLineAsync(
                $"[{UntrustedText.ForTerminal(answer.MediaType)}: redirect the output into a file to keep it]"
            );
        else if (answer.Format == AnswerFormat.Bytes)
            await CopyAsync(answer.OpenBytes(), cancellationToken);
        else
            await WriteTextAsync(terminal, answer.OpenText(), cancellationToken);
        // Not with the body, which scripts read.
        if (AnswerHeader.Block(answer.Headers) is { } headers)
            await terminal.Error.WriteLineAsync(UntrustedText.ForTerminal(headers, keepLines: true));
    }

    private static async Task WriteFailureAsync(Terminal terminal, ToolAnswer failure)
    {
        foreach (var content in failure.Content.OfType<AnswerContent.Text>())
            await terminal.Error.WriteLineAsync(
                terminal.OnError(Colour.Red, UntrustedText.ForTerminal(content.Value, keepLines: true))
            );
    }

    private static async Task WriteTextAsync(Terminal terminal, Stream text, CancellationToken cancellationToken)
    {
        if (Terminal.IsOutWatched)
        {
            using var reader = new StreamReader(text);
            await terminal.Out.WriteLineAsync(
                UntrustedText.ForTerminal(await reader.ReadToEndAsync(cancellationToken), keepLines: true)
            );
            return;
        }
        await CopyAsync(text, cancellationToken);
        await terminal.Out.WriteLineAsync();
    }

    private static async Task CopyAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var output = Terminal.OpenOutput();
        await body.CopyToAsync(output, cancellationToken);
    }
}
