using System.Text;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio;

/// <summary>
/// Where a command writes: results to <see cref="Out"/>, everything about the work to <see cref="Error"/>. The
/// streams are opened when first used, so that a server pays nothing for them.
/// </summary>
internal sealed class Terminal
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lazy<TextWriter> _out = new(() =>
        Open(Console.IsOutputRedirected, Console.OpenStandardOutput, () => Console.Out)
    );
    private readonly Lazy<TextWriter> _error = new(() =>
        Open(Console.IsErrorRedirected, Console.OpenStandardError, () => Console.Error)
    );
    private readonly bool _colour =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public TextWriter Out => _out.Value;

    public TextWriter Error => _error.Value;

    /// <summary>A user reads standard output directly, so text of others is made harmless first.</summary>
    public static bool IsOutWatched => !Console.IsOutputRedirected;

    /// <summary>A user watches standard error, so a line that rewrites itself is welcome.</summary>
    public static bool IsErrorWatched => !Console.IsErrorRedirected;

    /// <summary>Columns of the terminal; 80 where that is not known.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : 80;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    /// <summary>The bytes of standard input.</summary>
    public static Stream OpenInput() => Console.OpenStandardInput();

    /// <summary>The bytes of standard output.</summary>
    public static Stream OpenOutput() => Console.OpenStandardOutput();

    /// <summary>
    /// Colours a word for standard output, where that is a terminal and <c>NO_COLOR</c> (no-color.org) is empty or
    /// absent.
    /// </summary>
    public string OnOut(Colour colour, string text) => Paint(_colour && IsOutWatched, colour, text);

    /// <summary>As <see cref="OnOut"/>, for standard error.</summary>
    public string OnError(Colour colour, string text) => Paint(_colour && IsErrorWatched, colour, text);

    /// <summary>One line about what went wrong.</summary>
    public Task WriteErrorAsync(string message) =>
        Error.WriteLineAsync(
            $"{OnError(Colour.Red, "mcp-runtime:")} {UntrustedText.ForTerminal(message, keepLines: true)}"
        );

    private static string Paint(bool wanted, Colour colour, string text) =>
        wanted ? $"\u001b[{(int)colour}m{text}\u001b[0m" : text;

    // A pipe or a file gets UTF-8 whatever the locale says; a terminal gets what it understands.
    private static TextWriter Open(bool redirected, Func<Stream> stream, Func<TextWriter> console) =>
        redirected ? TextWriter.Synchronized(new StreamWriter(stream(), Utf8) { AutoFlush = true }) : console();
}

/// <summary>The colours in use, by their SGR code (ECMA-48).</summary>
internal enum Colour
{
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
}
