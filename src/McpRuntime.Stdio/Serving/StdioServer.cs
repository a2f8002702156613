using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Results;
using McpRuntime.Server;
using McpRuntime.Server.Shaping;
using McpRuntime.Server.Surface;
using McpRuntime.Stdio.Credentials;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Stdio.Serving;

/// <summary>The MCP server on standard input and output.</summary>
public static class StdioServer
{
    /// <summary>Standard input comes from a program, which may be a client, and not from a person's keyboard.</summary>
    public static bool CanServe => Console.IsInputRedirected;

    /// <summary>
    /// Serves until the client closes standard input, or the token is cancelled; both are a clean end.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="filter">Which tools are served.</param>
    /// <param name="pins">Globs of tools that are listed in any case; see <see cref="Exposure"/>.</param>
    /// <param name="sources">Where credentials are kept; null for those that the settings name.</param>
    /// <param name="cancellationToken">Ends the server at once.</param>
    public static async Task RunAsync(
        RuntimeSettings settings,
        ToolFilter filter,
        IReadOnlyList<string> pins,
        IReadOnlyList<ICredentialSource>? sources,
        CancellationToken cancellationToken
    )
    {
        using var guard = StdioGuard.Take();
        using var log = new StderrLog(settings.LogLevel, settings.Debug, Console.OpenStandardError());
        var options = new ConnectorRegistryOptions
        {
            Folder = settings.ConnectorsFolder,
            HotReload = settings.HotReload,
            CacheFolder = settings.CacheFolder,
            LockFile = settings.LockFile,
            LockStartFile = settings.LockStartFile,
            MaxManifestBytes = settings.DocumentLimits.MaxBytes,
        };
        using var registry = new ConnectorRegistry(options, log.CreateLogger<ConnectorRegistry>());
        // The answer to the client's hello says what is served, so manifests are read while the rest of the server is
        // made.
        registry.Start();
        using var results =
            settings.AnswerBudget == 0
                ? null
                : new ResultStore(settings, log.CreateLogger<ResultStore>(), TimeProvider.System);
        var answers = new ModelAnswers(settings.AnswerBudget, results);
        using var source = new RegistryToolSource(
            registry,
            filter,
            [.. settings.BuiltInTools ? BuiltInTools.Create(TimeProvider.System, filter) : [], .. answers.Tools],
            ListForm.Of(settings),
            new Exposure(settings.Expose ?? ToolExposure.Auto, pins)
        );
        using var telemetry = Telemetry.Start();
        using var own = sources is null ? new ConsoleSources(settings, log) : null;
        using var invoker = new UpstreamInvoker(settings, sources ?? own!.All, log);
        using var server = new ToolServer(source, invoker, log, answers);
        await new StreamSession { Ready = source.Loaded }.RunAsync(
            server,
            guard.Input,
            guard.Output,
            log,
            cancellationToken
        );
    }
}
