using McpRuntime.Http.Connectors;
using McpRuntime.Server;
using McpRuntime.Server.Shaping;

namespace McpRuntime.Http.Mcp;

/// <summary>What one MCP endpoint serves. Its server is shared by all sessions and all requests without one.</summary>
internal sealed class McpScope : IAsyncDisposable
{
    public McpScope(
        IConnectorSet set,
        string? connector,
        GatewayToolSource source,
        IToolInvoker invoker,
        ModelAnswers answers,
        McpParts parts
    )
    {
        Set = set;
        Connector = connector;
        Source = source;
        HeaderSchemas = new HeaderSchemas(source);
        Server = new ToolServer(source, invoker, parts.Loggers, answers);
        parts.ChangeServer?.Invoke(Server.Options);
        Shared = new SharedServer(Server.Options, parts.Loggers);
    }

    public IConnectorSet Set { get; }

    /// <summary>The one connector that is served; null for all of the set.</summary>
    public string? Connector { get; }

    public GatewayToolSource Source { get; }

    public HeaderSchemas HeaderSchemas { get; }

    public ToolServer Server { get; }

    /// <summary>Answers requests of revision 2026-07-28.</summary>
    public SharedServer Shared { get; }

    /// <summary>Its project is gone; sessions of it end.</summary>
    public bool IsClosed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        IsClosed = true;
        await Shared.DisposeAsync();
        Server.Dispose();
        Source.Dispose();
    }
}
