namespace McpRuntime.Stdio;

/// <summary>
/// Where a command writes: results to <see cref="Out"/>, everything about the work to <see cref="Error"/>. The only
/// type besides the start of the process that knows the console.
/// </summary>
internal sealed class Terminal
{
    private Terminal(TextWriter output, TextWriter error)
    {
        Out = output;
        Error = error;
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Colours on standard output: it is a terminal and <c>NO_COLOR</c> (no-color.org) is empty or absent.</summary>
    public bool ColourOut { get; private init; }

    /// <summary>Colours on standard error, by the same rule.</summary>
    public bool ColourError { get; private init; }

    /// <summary>Somebody watches standard error, so a line that rewrites itself is welcome.</summary>
    public bool ShowProgress { get; private init; }

    public static Terminal Standard()
    {
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Terminal(Console.Out, Console.Error)
        {
            ColourOut = colour && !Console.IsOutputRedirected,
            ColourError = colour && !Console.IsErrorRedirected,
            ShowProgress = !Console.IsErrorRedirected,
        };
    }

    /// <summary>The bytes of standard input.</summary>
    public static Stream OpenInput() => Console.OpenStandardInput();
}
