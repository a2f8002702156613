using McpRuntime.Cmdlets.Processes;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>
/// A pwsh that serves this module's tools on its standard input and output: one session, as long as it runs.
/// </summary>
internal sealed class StdioServerProcess : IServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private McpClient? _client;

    private StdioServerProcess(ChildProcess process) => Process = process;

    public ChildProcess Process { get; }

    /// <param name="launch">The command line.</param>
    /// <param name="onLine">Gets each line of the server's log.</param>
    /// <exception cref="McpRuntimeException">It cannot be started.</exception>
    public static StdioServerProcess Start(LaunchCommand launch, Action<string> onLine) =>
        new(ChildProcess.Start(launch.Executable, launch.Arguments, onLine));

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        _client = await ServerSession.OpenAsync(
            Process.Input,
            Process.Output,
            Process.Ended,
            isOwn: true,
            cancellationToken
        );

    public Task<ServerClient> ConnectAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ServerClient(_client!, IsShared: true));

    // Closing the input is what the server waits for; the session only follows.
    public void Dispose()
    {
        Process.Dispose();
        _client?.DisposeAsync().AsTask().Wait(Patience);
    }
}
