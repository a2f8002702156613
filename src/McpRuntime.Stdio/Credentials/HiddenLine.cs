using McpRuntime.Credentials;

namespace McpRuntime.Stdio.Credentials;

/// <summary>Asks a user at the terminal for a line.</summary>
internal static class HiddenLine
{
    private const int Most = 64 * 1024;

    /// <param name="terminal">Standard input is it.</param>
    /// <param name="question">Shown before.</param>
    /// <param name="isShown">What is typed is not secret.</param>
    /// <param name="cancellationToken">Ends the wait; the thread that reads ends with the process.</param>
    public static async Task<Secret> AskAsync(
        Terminal terminal,
        string question,
        bool isShown,
        CancellationToken cancellationToken
    )
    {
        // Turns the terminal's own echo off before anyone is asked.
        _ = Console.KeyAvailable;
        await terminal.Error.WriteAsync(question);
        var line = await Task.Run(() => Read(terminal, isShown), CancellationToken.None).WaitAsync(cancellationToken);
        await terminal.Error.WriteLineAsync();
        return line;
    }

    private static Secret Read(Terminal terminal, bool isShown)
    {
        var text = GC.AllocateArray<char>(Most, pinned: true);
        var length = 0;
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                if (length == 0)
                    continue;
                length--;
                if (isShown)
                    terminal.Error.Write("\b \b");
            }
            else if (!char.IsControl(key.KeyChar) && length < text.Length)
            {
                text[length++] = key.KeyChar;
                if (isShown)
                    terminal.Error.Write(key.KeyChar);
            }
        }
        var secret = new Secret(text.AsSpan(0, length));
        Array.Clear(text);
        return secret;
    }
}
