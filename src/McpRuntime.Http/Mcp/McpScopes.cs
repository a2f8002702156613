using System.Collections.Concurrent;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Http.Access;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Projects;
using McpRuntime.Server;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Mcp;

/// <summary>The endpoints' scopes, made when they are first asked for.</summary>
internal sealed class McpScopes(FolderConnectors folder, ProjectTable projects, CallParts calls, RuntimeSettings settings, McpParts parts) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string? Project, string? Connector), Lazy<McpScope>> _scopes = new();

    /// <summary>The scope of an endpoint; null where there is none, or none for this caller, which is the same to it.</summary>
    public McpScope? Find(string? project, string? connector, Caller caller)
    {
        if (SetOf(project) is not { } set || !caller.Reaches(project))
            return null;
        if (connector is not null && (!set.Current.Has(connector) || !caller.AllowsConnector(project, connector)))
            return null;
        return _scopes.GetOrAdd(
            (project, connector), static (key, made) => new Lazy<McpScope>(() => made.Self.Make(made.Set, key.Connector)), (Self: this, Set: set)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes.Values)
        {
            if (scope.IsValueCreated)
                await scope.Value.DisposeAsync();
        }
    }

    private IConnectorSet? SetOf(string? project) => project is null ? folder : projects.Find(project);

    private McpScope Make(IConnectorSet set, string? connector)
    {
        var builtIns = parts.BuiltIns
            ?? (settings.BuiltInTools && connector is null ? BuiltInTools.Create(calls.Time, ToolFilter.None) : []);
        return new McpScope(
            set,
            connector,
            new GatewayToolSource(set, connector, builtIns, settings.PublishOutputSchemas),
            new GatewayInvoker(set.Project, calls),
            parts);
    }
}

/// <summary>What servers are made of; tests add the fixture of the conformance suite.</summary>
internal sealed record McpParts(ILoggerFactory Loggers, Action<McpServerOptions>? ChangeServer, IReadOnlyList<BuiltInTool>? BuiltIns);
