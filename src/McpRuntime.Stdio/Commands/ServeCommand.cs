using System.CommandLine;
using McpRuntime.Connectors;
using McpRuntime.Stdio.Completion;
using McpRuntime.Stdio.Serving;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>serve</c>: the MCP server on standard input and output.</summary>
internal static class ServeCommand
{
    private const string Examples = """
        mcp-runtime serve
        mcp-runtime serve --connectors ./connectors --hot-reload
        mcp-runtime serve --read-only --tools 'petstore__*' 'find_*'
        mcp-runtime serve --lock /etc/mcp-runtime/tools.lock
        mcp-runtime serve --expose search --pin 'issues_*'
        """;

    public static Command Create()
    {
        var connectors = CommonOptions.Connectors();
        var hotReload = new Option<bool>("--hot-reload")
        {
            Description = "Reloads connectors when their files change. Default: MCP_RUNTIME_HOT_RELOAD.",
        };
        var readOnly = new Option<bool>("--read-only")
        {
            Description = "Serves only tools whose HTTP method is GET, HEAD, OPTIONS or QUERY.",
        };
        var tools = CommonOptions.Many(
            "--tools",
            "GLOB",
            "Serves only tools whose name, or connector__name, matches one of these."
        );
        var expose = CommonOptions.Expose();
        var pin = CommonOptions.Many(
            "--pin",
            "GLOB",
            "Lists tools whose name, or connector__name, matches one of these, also where the others are "
                + "only found by search."
        );
        var schemaProfile = CommonOptions.SchemaProfile();
        var profile = CommonOptions.Profile();
        var lockFile = new Option<string>("--lock")
        {
            HelpName = "FILE",
            Description =
                "Serves only tools that are as they were reviewed, by the lock that 'mcp-runtime lock' made. "
                + "Default: MCP_RUNTIME_LOCK.",
        };
        var lockStart = CommonOptions.LockStart(
            "Takes reviewed tools from the cache by what 'mcp-runtime lock' saved there, which makes the start fast."
        );
        tools.CompletionSources.Add(KnownNames.Tools);
        pin.CompletionSources.Add(KnownNames.Tools);
        var command = new DocumentedCommand(
            "serve",
            "Serves the connectors' tools over MCP on standard input and output.",
            Examples
        )
        {
            connectors,
            hotReload,
            readOnly,
            tools,
            expose,
            pin,
            schemaProfile,
            profile,
            lockFile,
            lockStart,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var settings = ConsoleOptions.Settings(
                    parsed.GetValue(connectors),
                    parsed.GetResult(hotReload) is { Implicit: false } ? parsed.GetValue(hotReload) : null,
                    CommonOptions.Exposure(parsed.GetValue(expose)),
                    CommonOptions.SchemaProfileOf(parsed.GetValue(schemaProfile)),
                    parsed.GetValue(profile),
                    parsed.GetValue(lockFile),
                    parsed.GetValue(lockStart)
                );
                var filter = new ToolFilter(parsed.GetValue(tools) ?? [], parsed.GetValue(readOnly));
                // Waits here: a chain of methods that await is compiled anew at every start, which delays the hello.
                StdioServer
                    .RunAsync(settings, filter, parsed.GetValue(pin) ?? [], sources: null, cancellationToken)
                    .GetAwaiter()
                    .GetResult();
                return Task.FromResult(ExitCode.Good);
            }
        );
        return command;
    }
}
