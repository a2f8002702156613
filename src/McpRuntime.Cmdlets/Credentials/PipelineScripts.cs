using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The session of a cmdlet, for work that goes on on other threads meanwhile: each script is handed to the pipeline's
/// thread, the only one that may run it.
/// </summary>
/// <param name="session">Runs on the pipeline's thread.</param>
internal sealed class PipelineScripts(IScripts session) : IScripts
{
    private Action<Action>? _post;
    private CancellationToken _stopping;

    /// <summary>Says how to reach the pipeline's thread while it waits for one piece of work.</summary>
    public void Attach(Action<Action> post, CancellationToken stopping)
    {
        _post = post;
        _stopping = stopping;
    }

    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        var done = new TaskCompletionSource<IReadOnlyList<PSObject>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _post!(() =>
        {
            try
            {
                done.SetResult(session.Run(script, arguments));
            }
            catch (PipelineStoppedException)
            {
                done.TrySetCanceled(CancellationToken.None);
                throw;
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        try
        {
            done.Task.Wait(_stopping);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
        return done.Task.Result;
    }
}
