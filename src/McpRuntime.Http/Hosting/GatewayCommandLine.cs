using System.CommandLine;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.ShellCompletion;

namespace McpRuntime.Http.Hosting;

/// <summary>The commands of <c>mcp-runtime-http</c>; without a command it serves.</summary>
internal static class GatewayCommandLine
{
    /// <summary>0: good; 1: it failed; 2: the command line or a setting is wrong and nothing was tried.</summary>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var root = Build();
        if (CompleteRun.IsRequest(arguments))
            return await CompleteRun.RunAsync(root, arguments, Console.Out);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"mcp-runtime-http: {error.Message}");
            await Console.Error.WriteLineAsync("Run 'mcp-runtime-http --help' for usage.");
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken
            );
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
        catch (Exception exception)
            when (exception is McpRuntimeException or IOException or System.Data.Common.DbException)
        {
            // Kestrel reports a taken port as an IOException.
            await Console.Error.WriteLineAsync($"mcp-runtime-http: {exception.Message}");
            return 1;
        }
    }

    internal static RootCommand Build()
    {
        var host = new Option<string?>("--host")
        {
            Description = "IP address to listen on, or localhost. Default: MCP_RUNTIME_HOST.",
        };
        var port = new Option<int?>("--port")
        {
            Description = "Port to listen on, 0 for any free port. Default: MCP_RUNTIME_PORT.",
        };
        var connectors = new Option<string?>("--connectors")
        {
            Description = "Folder of the manifests. Default: MCP_RUNTIME_CONNECTORS_DIR.",
            HelpName = "DIR",
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
                result.AddError("--port takes a number from 0 to 65535.");
        });
        var parent = new Option<bool>("--parent")
        {
            Description =
                "For a program that starts the gateway: it reads JSON lines from standard output (first the "
                + "URL and an admin token), supplies credentials on standard input, and stops the gateway by "
                + "closing it.",
        };
        var open = new Option<bool>("--open-loopback")
        {
            Description =
                "MCP clients that connect from this machine need no token; "
                + "MCP_RUNTIME_AUTHENTICATION=open-loopback does the same. Every account and program of this "
                + "machine, and everything behind a proxy on it, can then call every tool.",
        };
        var root = new RootCommand("Serves connectors to MCP clients over HTTP.")
        {
            host,
            port,
            connectors,
            open,
            parent,
        };
        root.SetAction(
            (parsed, cancellationToken) =>
                GatewayCommand.RunAsync(
                    ServeParts(
                        parsed.GetValue(connectors),
                        new GatewayOverrides
                        {
                            Host = parsed.GetValue(host),
                            Port = parsed.GetValue(port),
                            OpenLoopback = parsed.GetValue(open),
                        },
                        parsed.GetValue(parent)
                    ),
                    cancellationToken
                )
        );
        root.Add(TokenCommands.Build(() => Parts(null, null)));
        root.Add(HealthCommand.Build(() => Parts(null, null)));
        root.Add(DrainCommand.Build(() => Parts(null, null)));
        root.Add(GatewayLockCommand.Build(folder => Parts(new SettingOverrides { ConnectorsFolder = folder }, null)));
        root.Add(CompletionCommand.Build());
        return root;
    }

    // A parent lends the user's vault, and gives its token to no one but its own clients.
    private static GatewayParts ServeParts(string? connectors, GatewayOverrides overrides, bool hasParent)
    {
        var parts = Parts(new SettingOverrides { ConnectorsFolder = connectors }, overrides) with
        {
            HasParent = hasParent,
        };
        return hasParent && parts.Gateway.OpenLoopback
            ? throw new SettingsException([
                $"{(overrides.OpenLoopback ? "--open-loopback" : "MCP_RUNTIME_AUTHENTICATION=open-loopback")} "
                    + $"cannot be combined with --parent: every request needs the token. Remove it.",
            ])
            : parts;
    }

    private static GatewayParts Parts(SettingOverrides? settings, GatewayOverrides? overrides)
    {
        var runtime = SettingsReader.Read(
            (settings ?? new SettingOverrides()) with
            {
                OptionNames = GatewayOptionNames.Names,
            }
        );
        var gateway = GatewaySettingsReader.Read(Environment.GetEnvironmentVariable, runtime, overrides);
        return new GatewayParts
        {
            Runtime = runtime,
            Gateway = gateway,
            Log = Console.Error,
        };
    }
}
