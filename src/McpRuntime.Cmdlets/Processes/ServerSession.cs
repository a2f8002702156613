using McpRuntime.Server;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Processes;

/// <summary>This module as a client of an MCP server.</summary>
internal static class ServerSession
{
    // A program that starts slowly outlasts the client's probe for the newest revision, and a session on standard input
    // cannot begin a second time in another way. So none is probed for.
    public const string Newest = "2026-07-28";
    private const string WidelySpoken = "2025-11-25";

    /// <summary>A server that says nothing for so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>Says hello over a pair of streams.</summary>
    /// <param name="input">The server's input.</param>
    /// <param name="output">The server's output.</param>
    /// <param name="ended">Completes when there is no server any more.</param>
    /// <param name="isOwn">The server is this module's; any other is spoken to in the way that every server
    /// knows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<McpClient> OpenAsync(
        Stream input,
        Stream output,
        Task ended,
        bool isOwn,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var opening = McpClient.CreateAsync(
            new StreamClientTransport(input, output, NullLoggerFactory.Instance),
            Options(isOwn ? Newest : WidelySpoken),
            NullLoggerFactory.Instance,
            limit.Token
        );
        if (await Task.WhenAny(opening, ended) == ended && !opening.IsCompletedSuccessfully)
        {
            await limit.CancelAsync();
            _ = opening.ContinueWith(failed => _ = failed.Exception, TaskScheduler.Default);
            throw new McpRuntimeException("The server ended before it answered.");
        }
        try
        {
            return await opening;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpRuntimeException($"The server did not answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A closed stream is seen before the end of the process, whose last words say why.
            await Task.WhenAny(ended, Task.Delay(LastWords, cancellationToken));
            throw new McpRuntimeException($"The server did not answer: {exception.Message}", exception);
        }
    }

    /// <param name="version">Protocol revision; null lets the client find out.</param>
    public static McpClientOptions Options(string? version = null) =>
        new()
        {
            ProtocolVersion = version,
            DiscoverProbeTimeout = version is null
                ? new McpClientOptions().DiscoverProbeTimeout
                : Timeout.InfiniteTimeSpan,
            ClientInfo = new Implementation { Name = "mcp-runtime-powershell", Version = ServerIdentity.Version },
        };
}
