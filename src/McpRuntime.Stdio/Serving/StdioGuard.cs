using System.Text;

namespace McpRuntime.Stdio.Serving;

/// <summary>
/// Takes standard input and output for the protocol alone. One stray byte on standard output ends a session, and it
/// may come from anywhere: a library that prints, native code, a child process that inherits the descriptors. After
/// <see cref="Take"/> all of these reach standard error instead, and read nothing.
/// </summary>
public sealed class StdioGuard : IDisposable
{
    private StdioGuard(Stream input, Stream output)
    {
        Input = input;
        Output = output;
    }

    /// <summary>What the client sends.</summary>
    public Stream Input { get; }

    /// <summary>What the client reads.</summary>
    public Stream Output { get; }

    /// <summary>
    /// Takes both for the rest of the process's life. Once is enough: a second guard would get the harmless streams.
    /// </summary>
    public static StdioGuard Take()
    {
        // The console's raw streams hold their own handles, which children do not inherit.
        var guard = new StdioGuard(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetIn(TextReader.Null);
        Console.SetOut(
            TextWriter.Synchronized(
                new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
                {
                    AutoFlush = true,
                }
            )
        );
        StandardHandles.PointAway();
        return guard;
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
