using System.CommandLine;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.ShellCompletion;
using McpRuntime.Stdio.Commands;
using McpRuntime.Stdio.Credentials;

namespace McpRuntime.Stdio;

/// <summary>The commands of <c>mcp-runtime</c> and what they have in common.</summary>
internal static class CommandLine
{
    private const string Examples = """
        mcp-runtime import https://petstore3.swagger.io/api/v3/openapi.json --name petstore
        mcp-runtime tools
        """;

    /// <summary>Parses, runs and turns every outcome into an exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeAsync(arguments, terminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Stopped;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await terminal.WriteErrorAsync(problem);
            return ExitCode.WrongUsage;
        }
        catch (FindingsException exception)
        {
            await FindingsText.WriteAsync(terminal, exception.Findings);
            return ExitCode.Failed;
        }
        catch (Exception exception)
            when (exception is McpRuntimeException or IOException or UnauthorizedAccessException)
        {
            await terminal.WriteErrorAsync(exception.Message);
            return ExitCode.Failed;
        }
        catch (Exception exception)
        {
            // A bug of ours; still one message and an exit code, not a crash dump.
            var isDebug = Environment.GetEnvironmentVariable("MCP_RUNTIME_DEBUG") is "true" or "1";
            await terminal.WriteErrorAsync(
                isDebug
                    ? exception.ToString()
                    : $"Internal error, please report it: {exception.GetType().Name}: {exception.Message} "
                        + "MCP_RUNTIME_DEBUG=true shows where."
            );
            return ExitCode.Failed;
        }
    }

    private static async Task<int> InvokeAsync(
        string[] arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var root = Build(terminal, isServer: arguments is ["serve", ..]);
        if (CompleteRun.IsRequest(arguments))
            return await CompleteRun.RunAsync(root, arguments, terminal.Out);
        var parsed = root.Parse(arguments, ConsoleParser.Configuration);
        if (parsed.Errors.Count > 0)
            return await RefuseAsync(parsed, terminal);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    /// <summary>The commands; the one that serves alone where a server starts.</summary>
    internal static RootCommand Build(Terminal terminal, bool isServer)
    {
        var root = new RootCommand("Turns REST APIs that have an OpenAPI document into MCP tools.")
        {
            ServeCommand.Create(),
        };
        // Every client waits for its server's start; what a server cannot run is not built for it.
        if (!isServer)
        {
            root.Add(ImportCommand.Create(terminal));
            root.Add(ValidateCommand.Create(terminal));
            root.Add(LockCommand.Create(terminal));
            root.Add(ToolsCommand.Create(terminal));
            root.Add(CallCommand.Create(terminal));
            root.Add(CredentialsCommand.Create(terminal));
            root.Add(LoginCommand.Create(terminal));
            root.Add(LogoutCommand.Create(terminal));
            root.Add(SkillCommand.Create(terminal));
            root.Add(CompletionCommand.Create(terminal));
        }
        DocumentedCommand.ShowExamples(root, Examples);
        return root;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, Terminal terminal)
    {
        // A word that is not known is why a command is missing, so only the word is named.
        var errors =
            parsed.UnmatchedTokens.Count > 0
                ? parsed.UnmatchedTokens.Select(word =>
                    $"'{word}' is neither a command, an option nor an argument that is expected here."
                )
                : parsed.Errors.Select(error => error.Message).Distinct();
        // Without any word, what to begin with is all that helps.
        if (parsed.Tokens.Count == 0)
            errors =
            [
                "Name a command: 'mcp-runtime import URL' makes tools of an OpenAPI document, and MCP clients start "
                    + "'mcp-runtime serve'.",
            ];
        foreach (var message in errors)
            await terminal.WriteErrorAsync(message);
        await terminal.Error.WriteLineAsync($"Run '{PathOf(parsed.CommandResult.Command)} --help' for usage.");
        return ExitCode.WrongUsage;
    }

    private static string PathOf(Command command) =>
        command is RootCommand ? "mcp-runtime" : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";
}
