using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Server;
using ModelContextProtocol.Server;

namespace McpRuntime.Http.Hosting;

/// <summary>What a gateway is made of; a test brings its own clock and log.</summary>
internal sealed record GatewayParts
{
    public required RuntimeSettings Runtime { get; init; }

    public required GatewaySettings Gateway { get; init; }

    /// <summary>
    /// A process that started the gateway reads its standard output and keeps its standard input open.
    /// </summary>
    public bool HasParent { get; init; }

    /// <summary>Changes the options of every MCP server; for the conformance suite's fixture.</summary>
    public Action<McpServerOptions>? ChangeServer { get; init; }

    /// <summary>Takes the place of the built-in tools; for the same.</summary>
    public IReadOnlyList<BuiltInTool>? BuiltIns { get; init; }

    /// <summary>Where log lines go.</summary>
    public required TextWriter Log { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
