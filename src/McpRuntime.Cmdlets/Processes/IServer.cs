using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Processes;

/// <summary>The process behind a job of Start-McpRuntime.</summary>
internal interface IServer : IDisposable
{
    ChildProcess Process { get; }

    /// <summary>Returns when the server answers.</summary>
    /// <exception cref="McpRuntimeException">It does not.</exception>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>A session with the server.</summary>
    /// <exception cref="McpRuntimeException">It does not answer.</exception>
    Task<ServerClient> ConnectAsync(CancellationToken cancellationToken);
}

/// <summary>A session with a server.</summary>
/// <param name="Client">The session.</param>
/// <param name="IsShared">Others use it too, so that the one who is done with it leaves it open.</param>
internal sealed record ServerClient(McpClient Client, bool IsShared) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => IsShared ? ValueTask.CompletedTask : Client.DisposeAsync();
}
