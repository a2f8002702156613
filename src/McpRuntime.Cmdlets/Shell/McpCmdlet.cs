using System.Management.Automation;
using System.Management.Automation.Host;
using System.Runtime.ExceptionServices;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// What every cmdlet of the module shares: Ctrl+C as a cancellation token, the one bridge from Core's asynchronous
/// methods to PowerShell's pipeline thread, and errors with stable ids.
/// </summary>
public abstract class McpCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool? _isVerbose;
    private bool? _isDebug;

    /// <summary>Cancelled by Ctrl+C and by <c>Stop-Job</c>.</summary>
    internal CancellationToken StoppingToken => _stopping.Token;

    /// <summary>PowerShell asks for parameters: nothing can be written, and errors are kept for later.</summary>
    internal bool IsBinding { get; private protected set; }

    /// <summary>Someone wants verbose messages: -Verbose, or $VerbosePreference.</summary>
    internal bool IsVerbose => _isVerbose ??= Wants("Verbose", "VerbosePreference");

    /// <summary>Someone wants debug messages: -Debug, or $DebugPreference.</summary>
    internal bool IsDebug => _isDebug ??= Wants("Debug", "DebugPreference");

    /// <summary>Shows how long waits for an answer's pieces go on; null where nothing is read.</summary>
    internal Action<Task>? WhileWaiting { get; set; }

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
        Await<object?>(
            async (_, cancellationToken) =>
            {
                await work(cancellationToken);
                return null;
            }
        );

    /// <inheritdoc cref="Await(Func{CancellationToken, Task})"/>
    internal T Await<T>(Func<CancellationToken, Task<T>> work) =>
        Await<T>((_, cancellationToken) => work(cancellationToken));

    /// <param name="work">
    /// Gets a way to run something on the pipeline's thread while the work goes on: only there may a cmdlet write.
    /// </param>
    internal T Await<T>(Func<Action<Action>, CancellationToken, Task<T>> work) =>
        WaitFor(post => Task.Run(() => work(post, StoppingToken), CancellationToken.None));

    /// <summary>
    /// As <see cref="Await{T}(Func{CancellationToken, Task{T}})"/>, for work that soon waits itself and keeps no thread
    /// busy: it begins on this one, since changing threads costs a call more than all else here.
    /// </summary>
    internal T AwaitHere<T>(Func<CancellationToken, Task<T>> work) => WaitFor(_ => work(StoppingToken));

    /// <inheritdoc cref="AwaitHere{T}(Func{CancellationToken, Task{T}})"/>
    internal T AwaitHere<T>(Func<Action<Action>, CancellationToken, Task<T>> work) =>
        WaitFor(post => work(post, StoppingToken));

    /// <summary>
    /// Waits here for work that ends when <see cref="StoppingToken"/> is cancelled, such as the next bytes of a body.
    /// </summary>
    internal T Wait<T>(ValueTask<T> work)
    {
        try
        {
            if (work.IsCompleted && WhileWaiting is null)
                return work.GetAwaiter().GetResult();
            var task = work.AsTask();
            WhileWaiting?.Invoke(task);
            return task.GetAwaiter().GetResult();
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
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
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

    private bool Wants(string parameter, string preference) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out var value)
            ? value is SwitchParameter { IsPresent: true } or true
            : LanguagePrimitives.TryConvertTo<ActionPreference>(
                SessionState.PSVariable.GetValue(preference),
                out var action
            ) && action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>The command only says what it would do: -WhatIf, or $WhatIfPreference.</summary>
    internal bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
            ? value is SwitchParameter { IsPresent: true } or true
            : SessionState.PSVariable.GetValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    /// <summary>
    /// ShouldProcess, with an error that names what to do where PowerShell would ask and no one can answer: a session
    /// with -NonInteractive, a host without prompts, or an input that has ended.
    /// </summary>
    internal bool Confirm(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (Exception exception) when (IsNoOneThere(exception))
        {
            var explained = new McpRuntimeException(
                $"Confirmation required: {action} on '{target}'. This session is not interactive, so "
                    + $"PowerShell cannot ask; nothing was done. Add -Confirm:$false to run without being asked.",
                exception
            );
            throw Terminate(explained, ErrorId.ConfirmationRequired, ErrorCategory.PermissionDenied, target);
        }
    }

    /// <summary>PowerShell would ask, and the host cannot: each kind of host fails in its own way.</summary>
    internal static bool IsNoOneThere(Exception exception) =>
        exception is HostException or InvalidOperationException or NotImplementedException or NullReferenceException;

    /// <summary>Shows what -WhatIf has to say, where <see cref="IsWhatIf"/>.</summary>
    internal void ShowWhatIf(string text) => ShouldProcess(text, "", "");

    /// <summary>Settings of the environment with what parameters said on top; a wrong one ends the command.</summary>
    internal RuntimeSettings ReadSettings(string? connectorPath = null, bool? hotReload = null)
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
    internal Exception Terminate(Exception exception, string id, ErrorCategory category, object? target) =>
        Terminate(new ErrorRecord(exception, id, category, target));

    /// <inheritdoc cref="Terminate(Exception, string, ErrorCategory, object)"/>
    internal Exception Terminate(ErrorRecord error)
    {
        if (IsBinding)
            throw new BindingErrorException(error);
        ThrowTerminatingError(error);
        // Not reached: the line above throws.
        ExceptionDispatchInfo.Throw(error.Exception);
        return error.Exception;
    }

    /// <inheritdoc cref="Terminate(Exception, string, ErrorCategory, object)"/>
    internal Exception Terminate(string message, string id, ErrorCategory category, object? target) =>
        Terminate(new McpRuntimeException(message), id, category, target);

    /// <summary>A problem of one item; the pipeline goes on.</summary>
    internal void Report(Exception exception, string id, ErrorCategory category, object? target) =>
        WriteError(new ErrorRecord(exception, id, category, target));

    /// <inheritdoc cref="Report(Exception, string, ErrorCategory, object)"/>
    internal void Report(string message, string id, ErrorCategory category, object? target) =>
        Report(new McpRuntimeException(message), id, category, target);
}
