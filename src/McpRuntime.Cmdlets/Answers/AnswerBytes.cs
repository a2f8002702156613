using System.Text;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>Whole bodies in memory.</summary>
internal static class AnswerBytes
{
    // .NET's longest string, 1 GiB of characters less a little.
    private const int MaxCharacters = 0x3FFFFFDF;

    /// <exception cref="NotSupportedException">It is longer than an array can be.</exception>
    public static byte[] ReadAll(McpCmdlet cmdlet, Stream body)
    {
        using var whole = new MemoryStream();
        Copy(cmdlet, body, chunk =>
        {
            if (whole.Length + chunk.Length > Array.MaxLength)
                throw new NotSupportedException("It is too large for one value (2 GiB).");
            whole.Write(chunk.Span);
        });
        return whole.ToArray();
    }

    /// <exception cref="NotSupportedException">It is longer than a string can be.</exception>
    public static string ToText(ReadOnlySpan<byte> utf8) =>
        utf8.Length > MaxCharacters && Encoding.UTF8.GetCharCount(utf8) > MaxCharacters
            ? throw new NotSupportedException("It is too large for one string (1 Gi characters).")
            : Encoding.UTF8.GetString(utf8);

    /// <summary>Reads a body to its end, piece by piece.</summary>
    public static void Copy(McpCmdlet cmdlet, Stream body, Action<ReadOnlyMemory<byte>> write)
    {
        var chunk = new byte[64 * 1024];
        while (cmdlet.Wait(body.ReadAsync(chunk, cmdlet.StoppingToken)) is var read and > 0)
            write(chunk.AsMemory(0, read));
    }
}
