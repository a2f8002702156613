using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.ExceptionServices;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Engine;

/// <summary>
/// What every cmdlet of the module shares: Ctrl+C as a cancellation token, the one bridge from Core's asynchronous
/// methods to PowerShell's pipeline thread, and errors with stable ids.
/// </summary>
public abstract class McpCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled by Ctrl+C and by <c>Stop-Job</c>.</summary>
    internal CancellationToken StoppingToken => _stopping.Token;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    protected override void StopProcessing()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline had already ended.
        }
    }

    /// <summary>Runs work on other threads and waits for it here, at most until the pipeline is stopped.</summary>
    internal void Await(Func<CancellationToken, Task> work) =>
        Await<object?>(async (_, cancellationToken) =>
        {
            await work(cancellationToken);
            return null;
        });

    /// <inheritdoc cref="Await(Func{CancellationToken, Task})"/>
    internal T Await<T>(Func<CancellationToken, Task<T>> work) =>
        Await<T>((_, cancellationToken) => work(cancellationToken));

    /// <param name="work">
    /// Gets a way to run something on the pipeline's thread while the work goes on: only there may a cmdlet write.
    /// </param>
    internal T Await<T>(Func<Action<Action>, CancellationToken, Task<T>> work) =>
        WaitFor(post => Task.Run(() => work(post, StoppingToken), CancellationToken.None));

    /// <summary>
    /// As <see cref="Await{T}(Func{CancellationToken, Task{T}})"/>, for work that soon waits itself and keeps no thread busy: it
    /// begins on this one, since changing threads costs a call more than all else here.
    /// </summary>
    internal T AwaitHere<T>(Func<CancellationToken, Task<T>> work) => WaitFor(_ => work(StoppingToken));

    /// <summary>Waits here for work that ends when <see cref="StoppingToken"/> is cancelled, such as the next bytes of a body.</summary>
    internal T Wait<T>(ValueTask<T> work)
    {
        try
        {
            return work.IsCompleted ? work.GetAwaiter().GetResult() : work.AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StoppingToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private T WaitFor<T>(Func<Action<Action>, Task<T>> begin)
    {
        var posts = new PipelinePosts();
        var task = begin(posts.Post);
        if (task.IsCompleted)
            posts.End();
        else
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(posts.End);
        posts.Run(StoppingToken);
        if (!task.IsCompleted)
        {
            // A task that outlives a stopped pipeline must not fail unobserved.
            _ = task.ContinueWith(
                static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new PipelineStoppedException();
        }
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StoppingToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The command only says what it would do: -WhatIf, or $WhatIfPreference.</summary>
    private protected bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
        ? value is SwitchParameter { IsPresent: true } or true
        : SessionState.PSVariable.GetValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    /// <summary>
    /// ShouldProcess, with an error that names the way out where PowerShell would ask and nobody can answer: a session
    /// with -NonInteractive, a host without prompts, or an input that has ended.
    /// </summary>
    private protected bool Confirm(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException or NotImplementedException or NullReferenceException)
        {
            var explained = new McpRuntimeException($"Confirmation required: {action} on '{target}'. This session is not interactive, so PowerShell cannot ask; nothing was done. Add -Confirm:$false to run without being asked.", exception);
            throw Terminate(explained, ErrorId.ConfirmationRequired, ErrorCategory.PermissionDenied, target);
        }
    }

    /// <summary>Settings of the environment with what parameters said on top; a wrong one ends the command.</summary>
    private protected RuntimeSettings ReadSettings(string? connectorPath = null, bool? hotReload = null)
    {
        try
        {
            return ModuleOptions.Settings(connectorPath, hotReload);
        }
        catch (SettingsException exception)
        {
            throw Terminate(exception, ErrorId.SettingInvalid, ErrorCategory.InvalidData, null);
        }
    }

    /// <summary>Ends the command. Returns nothing; the type lets callers write <c>throw Terminate(…)</c>.</summary>
    private protected Exception Terminate(Exception exception, string id, ErrorCategory category, object? target)
    {
        ThrowTerminatingError(new ErrorRecord(exception, id, category, target));
        // Not reached: the line above throws.
        ExceptionDispatchInfo.Throw(exception);
        return exception;
    }

    /// <inheritdoc cref="Terminate(Exception, string, ErrorCategory, object)"/>
    private protected Exception Terminate(string message, string id, ErrorCategory category, object? target) =>
        Terminate(new McpRuntimeException(message), id, category, target);

    /// <summary>A problem of one item; the pipeline goes on.</summary>
    private protected void Report(Exception exception, string id, ErrorCategory category, object? target) =>
        WriteError(new ErrorRecord(exception, id, category, target));

    /// <inheritdoc cref="Report(Exception, string, ErrorCategory, object)"/>
    private protected void Report(string message, string id, ErrorCategory category, object? target) =>
        Report(new McpRuntimeException(message), id, category, target);
}
