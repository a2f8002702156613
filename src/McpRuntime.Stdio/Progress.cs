using System.Diagnostics;
using System.Globalization;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio;

/// <summary>One line on standard error that shows that long work goes on; nothing for work under a second.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the work; the line is gone when it ends.</summary>
    /// <param name="terminal">Shows the line only where a user watches standard error.</param>
    /// <param name="title">What is being done, e.g. <c>Reading petstore.json</c>.</param>
    /// <param name="work">Already running.</param>
    public static async Task<T> ShowAsync<T>(Terminal terminal, string title, Task<T> work)
    {
        if (!Terminal.IsErrorWatched || await Task.WhenAny(work, Task.Delay(Patience)) == work)
            return await work;
        var elapsed = Stopwatch.StartNew();
        var width = 0;
        while (!work.IsCompleted)
        {
            var seconds = (elapsed.Elapsed + Patience).TotalSeconds;
            var tail = string.Create(CultureInfo.InvariantCulture, $" … {seconds:0} s");
            var room = Math.Max(Terminal.Width - tail.Length - 1, 8);
            var line = UntrustedText.Shorten(UntrustedText.ForTerminal(title), room) + tail;
            await terminal.Error.WriteAsync("\r" + line.PadRight(width));
            width = line.Length;
            await Task.WhenAny(work, Task.Delay(Patience));
        }
        // Spaces instead of an erase sequence: every terminal understands them.
        await terminal.Error.WriteAsync("\r" + new string(' ', width) + "\r");
        return await work;
    }
}
