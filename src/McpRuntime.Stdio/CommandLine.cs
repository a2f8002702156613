using System.CommandLine;

namespace McpRuntime.Stdio;

/// <summary>The commands of <c>mcp-runtime</c> and what they have in common.</summary>
internal static class CommandLine
{
    /// <summary>Parses, runs and turns every outcome into an exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Build(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await terminal.Error.WriteLineAsync($"mcp-runtime: {error.Message}");
            await terminal.Error.WriteLineAsync($"Run '{PathOf(parsed.CommandResult.Command)} --help' for usage.");
            return ExitCode.WrongUsage;
        }
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }
        catch (McpRuntimeException exception)
        {
            await terminal.Error.WriteLineAsync($"mcp-runtime: {exception.Message}");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Build(Terminal terminal) =>
        new("Turns REST APIs with an OpenAPI document into MCP tools.");

    private static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command current; symbol = symbol.Parents.FirstOrDefault())
            names.Push(current is RootCommand ? "mcp-runtime" : current.Name);
        return string.Join(' ', names);
    }
}
