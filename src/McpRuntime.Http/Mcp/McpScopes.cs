using System.Collections.Concurrent;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Http.Access;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Results;
using McpRuntime.Server;
using McpRuntime.Server.Shaping;
using McpRuntime.Server.Surface;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// The endpoints' scopes, made when they are first asked for, and closed when their project is deleted.
/// </summary>
internal sealed class McpScopes : IAsyncDisposable
{
    // Longer than folders take that anyone has; a client that waits for more has given up.
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<
        (IConnectorSet Set, string? Connector, ToolExposure Exposure),
        Lazy<McpScope>
    > _scopes = new();
    private readonly FolderConnectors _folder;
    private readonly ProjectTable _projects;
    private readonly CallParts _calls;
    private readonly RuntimeSettings _settings;
    private readonly McpParts _parts;

    public McpScopes(
        FolderConnectors folder,
        ProjectTable projects,
        CallParts calls,
        RuntimeSettings settings,
        McpParts parts
    )
    {
        _folder = folder;
        _projects = projects;
        _calls = calls;
        _settings = settings;
        _parts = parts;
        projects.Removed += OnRemoved;
    }

    /// <summary>
    /// The scope of an endpoint; null where there is none, or none for this caller, which is the same to it. While the
    /// connectors are being loaded no one knows yet, and the request waits.
    /// </summary>
    /// <param name="project">Null for the connectors folder.</param>
    /// <param name="connector">Null for all.</param>
    /// <param name="exposure">What the client asked to see; null for what the project, else the settings say.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException">Loading takes too long.</exception>
    public async ValueTask<McpScope?> FindAsync(
        string? project,
        string? connector,
        ToolExposure? exposure,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (SetOf(project) is not { } set || !caller.Reaches(project))
            return null;
        if (connector is not null && !set.Loaded.IsCompleted)
            await WaitAsync(set, cancellationToken);
        if (connector is not null && (!set.Current.Has(connector) || !caller.AllowsConnector(project, connector)))
            return null;
        return _scopes
            .GetOrAdd(
                (set, connector, exposure ?? set.Expose ?? _settings.Expose ?? ToolExposure.All),
                static (key, self) => new Lazy<McpScope>(() => self.Make(key.Set, key.Connector, key.Exposure)),
                this
            )
            .Value;
    }

    /// <summary>There is such an endpoint, no matter who may use it.</summary>
    public bool Has(string? project, string? connector) =>
        SetOf(project) is { } set && (connector is null || set.Current.Has(connector));

    public async ValueTask DisposeAsync()
    {
        _projects.Removed -= OnRemoved;
        foreach (var scope in _scopes.Values)
        {
            if (scope.IsValueCreated)
                await scope.Value.DisposeAsync();
        }
    }

    private IConnectorSet? SetOf(string? project) => project is null ? _folder : _projects.Find(project);

    private async Task WaitAsync(IConnectorSet set, CancellationToken cancellationToken)
    {
        try
        {
            await set.Loaded.WaitAsync(LoadLimit, _calls.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new ProblemException(Problem.Unavailable("The connectors are still being loaded; try again later."));
        }
    }

    private void OnRemoved(ProjectConnectors removed)
    {
        foreach (var key in _scopes.Keys)
        {
            if (ReferenceEquals(key.Set, removed) && _scopes.TryRemove(key, out var scope) && scope.IsValueCreated)
                _ = scope.Value.DisposeAsync().AsTask();
        }
    }

    private McpScope Make(IConnectorSet set, string? connector, ToolExposure exposure)
    {
        var builtIns = _parts.BuiltIns
            ?? (_settings.BuiltInTools && connector is null ? BuiltInTools.Create(_calls.Time, ToolFilter.None) : []);
        var answers = new ModelAnswers(_settings.AnswerBudget, _parts.Results, set.Project);
        var source = new GatewayToolSource(
            set,
            connector,
            [.. builtIns, .. answers.Tools],
            ListForm.Of(_settings),
            new Exposure(exposure),
            _calls.Audit
        );
        return new McpScope(set, connector, source, _calls.InvokerOf(set), answers, _parts);
    }
}

/// <summary>What servers are made of; tests add the fixture of the conformance suite.</summary>
internal sealed record McpParts(
    ILoggerFactory Loggers,
    Action<McpServerOptions>? ChangeServer,
    IReadOnlyList<BuiltInTool>? BuiltIns,
    ResultStore? Results
);
