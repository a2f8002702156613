using System.CommandLine;

namespace McpRuntime.Stdio;

/// <summary>How a command line is read.</summary>
internal static class ConsoleParser
{
    /// <summary>
    /// <c>@name</c> is a connector or a file of arguments here, not a response file, and <c>-fo</c> is not a
    /// <c>-f -o</c>.
    /// </summary>
    public static ParserConfiguration Configuration { get; } =
        new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
}
