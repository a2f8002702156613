using System.Management.Automation;
using System.Management.Automation.Runspaces;
using McpRuntime.Cmdlets.Credentials;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// Calls of tools in the background, one after the other: Get-, Receive-, Wait-, Stop- and Remove-Job work with it.
/// Answers, errors and messages arrive in its streams as the calls go on.
/// </summary>
public sealed class McpToolJob : Job
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly PSDataCollection<PSObject> _calls = new() { BlockingEnumerator = true };
    private readonly Runspace _runspace;
    private readonly PowerShell _powershell;
    private readonly Lock _ending = new();
    private bool _isStopping;

    /// <param name="command">What is called, without arguments: they may be secrets of the user's.</param>
    /// <param name="cmdlet">Takes prepared calls from its pipeline.</param>
    /// <param name="parameters">Its parameters.</param>
    internal McpToolJob(string command, CmdletInfo cmdlet, Dictionary<string, object> parameters)
        : base(command)
    {
        PSJobTypeName = "McpTool";
        _runspace = RunspaceFactory.CreateRunspace(new SilentHost(), InitialSessionState.CreateDefault2());
        _powershell = PowerShell.Create();
        _powershell.AddCommand(cmdlet).AddParameters(parameters);
        _powershell.Streams.Error = Error;
        _powershell.Streams.Warning = Warning;
        _powershell.Streams.Verbose = Verbose;
        _powershell.Streams.Debug = Debug;
        _powershell.Streams.Progress = Progress;
        _powershell.Streams.Information = Information;
        _powershell.InvocationStateChanged += (_, change) => Follow(change.InvocationStateInfo);
    }

    public override bool HasMoreData =>
        Output.Count + Error.Count + Warning.Count + Information.Count + Verbose.Count + Debug.Count + Progress.Count
        > 0;

    public override string Location => Environment.MachineName;

    public override string StatusMessage => JobStateInfo.Reason?.Message ?? "";

    /// <summary>Ends the calls; bounded in time, and again and again without harm.</summary>
    public override void StopJob()
    {
        lock (_ending)
        {
            if (IsFinished || _isStopping)
                return;
            _isStopping = true;
        }
        SetJobState(JobState.Stopping);
        CloseInput();
        _powershell.BeginStop(null, null).AsyncWaitHandle.WaitOne(Patience);
        End(JobState.Stopped);
    }

    internal void Start()
    {
        SetJobState(JobState.Running);
        _runspace.Open();
        _powershell.Runspace = _runspace;
        _powershell.BeginInvoke(_calls, Output);
    }

    internal void Add(PreparedCall call)
    {
        var item = PSObject.AsPSObject(call);
        // The cmdlet insists on one.
        item.Properties.Add(new PSNoteProperty("Name", call.Tool.Name));
        _calls.Add(item);
    }

    /// <summary>No call follows.</summary>
    internal void CloseInput() => _calls.Complete();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            _powershell.Dispose();
            _runspace.Dispose();
            _calls.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool IsFinished => JobStateInfo.State is JobState.Stopped or JobState.Failed or JobState.Completed;

    private void Follow(PSInvocationStateInfo change)
    {
        switch (change.State)
        {
            case PSInvocationState.Completed:
                End(JobState.Completed);
                break;
            case PSInvocationState.Stopped:
                End(JobState.Stopped);
                break;
            case PSInvocationState.Failed:
                // Thrown by a call, with -ErrorAction Stop for example: Receive-Job gives it.
                Error.Add(
                    (change.Reason as RuntimeException)?.ErrorRecord
                        ?? new ErrorRecord(change.Reason, "JobFailed", ErrorCategory.OperationStopped, null)
                );
                End(JobState.Failed);
                break;
        }
    }

    private void End(JobState state)
    {
        lock (_ending)
        {
            if (IsFinished)
                return;
            SetJobState(state);
        }
    }
}
