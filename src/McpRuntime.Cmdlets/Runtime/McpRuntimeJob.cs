using System.Management.Automation;
using McpRuntime.Cmdlets.Engine;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>
/// A running server as a background job: Get-, Receive-, Wait-, Stop- and Remove-Job work with it. Its log is in the
/// job's streams.
/// </summary>
public sealed class McpRuntimeJob : Job
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly JobLog _log;
    private readonly Lock _ending = new();
    private ChildProcess? _process;
    private McpClient? _client;
    private bool _isStopping;

    internal McpRuntimeJob(string name, string command, McpTransport transport, string[] connectors)
        : base(command, name)
    {
        PSJobTypeName = "McpRuntime";
        Transport = transport;
        Connectors = connectors;
        _log = new JobLog(this);
    }

    public McpTransport Transport { get; }

    /// <summary>Where clients connect to; null for a server on standard input and output.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>The server's process.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Names of the connectors that the server had at its start.</summary>
    public string[] Connectors { get; }

    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Information.Count + Verbose.Count + Debug.Count + Progress.Count > 0;

    public override string Location => Endpoint?.ToString() ?? Environment.MachineName;

    public override string StatusMessage => JobStateInfo.Reason?.Message ?? "";

    /// <summary>The session that this process has with the server.</summary>
    /// <exception cref="McpRuntimeException">The server has ended.</exception>
    internal McpClient Client => JobStateInfo.State == JobState.Running && _client is { } client
        ? client
        : throw new McpRuntimeException($"The server '{Name}' is not running ({JobStateInfo.State}). Start it again with Start-McpRuntime.");

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

    /// <summary>Starts the process and returns when the server answers.</summary>
    /// <exception cref="McpRuntimeException">It does not; the message has its last words.</exception>
    internal async Task StartAsync(LaunchCommand launch, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(launch.Executable, launch.Arguments, _log.Add);
        _process = process;
        ProcessId = process.Id;
        SetJobState(JobState.Running);
        try
        {
            _client = await ServerSession.OpenAsync(process.Input, process.Output, process.Ended, isOwn: true, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            lock (_ending)
                _isStopping = true;
            process.Stop(Patience);
            var failure = exception is OperationCanceledException && cancellationToken.IsCancellationRequested
                ? exception
                : new McpRuntimeException($"The server did not start: {Explain(process, exception)}", exception);
            Fail(failure);
            throw failure;
        }
        _ = WatchAsync(process);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!IsFinished)
                StopJob();
            _process?.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool IsFinished => JobStateInfo.State is JobState.Stopped or JobState.Failed or JobState.Completed;

    private static string Explain(ChildProcess process, Exception exception) =>
        process.LastLines() is { Length: > 0 } lines ? lines : exception.Message;

    private async Task WatchAsync(ChildProcess process)
    {
        var code = await process.Ended;
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

    private void Fail(Exception exception)
    {
        Error.Add(new ErrorRecord(exception, ErrorId.RuntimeStartFailed, ErrorCategory.ResourceUnavailable, Name));
        SetJobState(JobState.Failed);
    }

    // Closing the input is what the server waits for; the session only follows.
    private void End()
    {
        _process?.Stop(Patience);
        var closing = _client?.DisposeAsync().AsTask();
        closing?.Wait(Patience);
    }
}
