using System.Management.Automation;
using System.Security;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Runtime.Gateway;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>
/// A running server as a background job: Get-, Receive-, Wait-, Stop- and Remove-Job work with it. Its log is the job's
/// output.
/// </summary>
public sealed class McpRuntimeJob : Job
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // Lines that no one receives do not pile up.
    private const int MaxLines = 5000;

    private readonly Lock _ending = new();
    private IServer? _server;
    private bool _isStopping;

    internal McpRuntimeJob(string name, string command, McpTransport transport, string[] connectors)
        : base(command, name)
    {
        PSJobTypeName = "McpRuntime";
        Transport = transport;
        Connectors = connectors;
        Log.Server = Name;
        Log.Added += Keep;
    }

    public McpTransport Transport { get; }

    /// <summary>What the server writes to its standard error; Get-McpLog shows it.</summary>
    internal ServerLog Log { get; } = new();

    /// <summary>Where clients connect to; null for a server on standard input and output.</summary>
    public Uri? Endpoint { get; private set; }

    /// <summary>
    /// Manages a server over HTTP, and is good until it stops; null for one on standard input and output.
    /// </summary>
    public SecureString? Token { get; private set; }

    /// <summary>The server's process.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Names of the connectors that the server had at its start.</summary>
    public string[] Connectors { get; }

    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Information.Count + Verbose.Count + Debug.Count + Progress.Count
        > 0;

    public override string Location => Endpoint?.ToString() ?? Environment.MachineName;

    public override string StatusMessage => JobStateInfo.Reason?.Message ?? "";

    /// <summary>A session with the server.</summary>
    /// <exception cref="McpRuntimeException">The server has ended.</exception>
    internal Task<ServerClient> ConnectAsync(CancellationToken cancellationToken) =>
        JobStateInfo.State == JobState.Running && _server is { } server
            ? server.ConnectAsync(cancellationToken)
            : throw new McpRuntimeException(
                $"The server '{Name}' is not running ({JobStateInfo.State}). Start it again with Start-McpRuntime."
            );

    /// <summary>Ends the server; bounded in time, and again and again without harm.</summary>
    public override void StopJob()
    {
        lock (_ending)
        {
            if (IsFinished)
                return;
            _isStopping = true;
        }
        SetJobState(JobState.Stopping);
        End();
        SetJobState(JobState.Stopped);
    }

    /// <summary>Starts the server and returns when it answers.</summary>
    /// <param name="start">Starts its process; gets what takes the lines of its log.</param>
    /// <param name="cancellationToken">Ends it again.</param>
    /// <exception cref="McpRuntimeException">It does not answer; the message has its last words.</exception>
    internal async Task StartAsync(Func<Action<string>, IServer> start, CancellationToken cancellationToken)
    {
        var server = start(Log.Add);
        _server = server;
        ProcessId = server.Process.Id;
        SetJobState(JobState.Running);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            lock (_ending)
                _isStopping = true;
            var hasEnded = server.Process.Ended.IsCompleted;
            server.Process.Stop(Patience);
            var failure =
                exception is GatewayStartException
                || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
                    ? exception
                    : new McpRuntimeException(
                        $"The server did not start: {Explain(server.Process, hasEnded, exception)}",
                        exception
                    );
            Fail(failure);
            throw failure;
        }
        if (server is GatewayProcess gateway)
        {
            Endpoint = gateway.Endpoint;
            Token = gateway.Token;
        }
        _ = WatchAsync(server.Process);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!IsFinished)
                StopJob();
            _server?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool IsFinished => JobStateInfo.State is JobState.Stopped or JobState.Failed or JobState.Completed;

    // What a server said explains its end, but not why one that runs does not answer.
    private static string Explain(ChildProcess process, bool hasEnded, Exception exception) =>
        hasEnded && process.LastLines() is { Length: > 0 } lines ? lines : exception.Message;

    private async Task WatchAsync(ChildProcess process)
    {
        var code = await process.Ended;
        Log.End();
        lock (_ending)
        {
            if (_isStopping || IsFinished)
                return;
            _isStopping = true;
        }
        if (code == 0)
            SetJobState(JobState.Completed);
        else
            Fail(new McpRuntimeException($"The server ended with exit code {code}: {process.LastLines()}"));
    }

    private void Keep(McpLogEntry entry)
    {
        try
        {
            Output.Add(PSObject.AsPSObject(entry));
            if (Output.Count > MaxLines)
                Output.RemoveAt(0);
        }
        catch (InvalidOperationException)
        {
            // The job has ended and its streams are closed.
        }
        catch (ArgumentOutOfRangeException)
        {
            // Someone received the lines just now.
        }
    }

    private void Fail(Exception exception)
    {
        Error.Add(new ErrorRecord(exception, ErrorId.RuntimeStartFailed, ErrorCategory.ResourceUnavailable, Name));
        SetJobState(JobState.Failed);
    }

    private void End() => _server?.Process.Stop(Patience);
}
