using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The session of a cmdlet, for work that goes on on other threads meanwhile: each script is handed to the pipeline's
/// thread, the only one that may run it.
/// </summary>
/// <param name="session">Runs on the pipeline's thread.</param>
/// <param name="post">Hands something to that thread.</param>
/// <param name="stopping">The pipeline was stopped, and its thread takes nothing more.</param>
internal sealed class PipelineScripts(IScripts session, Action<Action> post, CancellationToken stopping) : IScripts
{
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments)
    {
        var done = new TaskCompletionSource<IReadOnlyList<PSObject>>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() =>
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
            done.Task.Wait(stopping);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
        return done.Task.Result;
    }
}
