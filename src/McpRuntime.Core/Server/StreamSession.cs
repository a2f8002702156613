using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>One MCP session over a pair of streams, such as standard input and output.</summary>
public sealed record StreamSession
{
    /// <summary>Bytes of one message; a longer line is refused and the session goes on.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long calls may go on after the input has ended, before they are cancelled.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Messages are answered when it has completed, so that the answer to the client's hello can say what is served; a
    /// failure of it ends the session.
    /// </summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Serves until the input ends, the client stops reading, or the token is cancelled; all of them are a clean end.
    /// </summary>
    /// <param name="server">Shared by any number of sessions.</param>
    /// <param name="input">One JSON-RPC message a line, UTF-8; read on its own thread, which ends with the
    /// stream.</param>
    /// <param name="output">Gets one write a message.</param>
    /// <param name="loggers">Never given the content of a message.</param>
    /// <param name="cancellationToken">Ends the session at once, calls included.</param>
    public async Task RunAsync(
        ToolServer server,
        Stream input,
        Stream output,
        ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        await using var transport = new LineTransport(
            input,
            output,
            MaxMessageBytes,
            loggers.CreateLogger("McpRuntime.Server.Transport")
        );
        // Reading starts first: the client's hello is parsed while the protocol library sets itself up.
        transport.Start();
        await using var session = McpServer.Create(transport, server.Options, loggers);
        try
        {
            await Ready.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        transport.AnswerCalls(server, session);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = session.RunAsync(stop.Token);
        try
        {
            await transport.Ended.WaitAsync(cancellationToken);
            await transport.Drained.WaitAsync(Grace, Time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Calls that are still running are cancelled below.
        }
        await stop.CancelAsync();
        await transport.EndCallsAsync();
        await running;
    }
}
