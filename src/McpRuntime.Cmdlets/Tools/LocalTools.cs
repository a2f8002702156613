using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Recording;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Callers;
using McpRuntime.Cmdlets.Requests;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tracing;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>The connectors of a folder, called from this session with its vaults.</summary>
internal sealed class LocalTools : IToolTarget
{
    private readonly McpCmdlet _cmdlet;
    private readonly ConnectorSnapshot _snapshot;
    private readonly RuntimeSettings _settings;
    private readonly LocalCallers _callers;
    private readonly LocalCallers _jobCallers;
    private readonly Lazy<LocalCaller> _caller;
    private readonly ToolLocation _location;

    /// <param name="cmdlet">Waits for answers.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="snapshot">The connectors of the folder.</param>
    /// <param name="callers">Of the session; null for those of the session on this thread.</param>
    public LocalTools(
        McpCmdlet cmdlet,
        RuntimeSettings settings,
        ConnectorSnapshot snapshot,
        LocalCallers? callers = null
    )
    {
        _cmdlet = cmdlet;
        _settings = settings;
        _snapshot = snapshot;
        _location = new ToolLocation(null, null, settings.ConnectorsFolder);
        _callers = callers ?? ModuleSession.Of(cmdlet).Shared<SessionCallers>().Commands;
        _jobCallers = callers ?? ModuleSession.Of(cmdlet).Shared<SessionCallers>().Jobs;
        _caller = new Lazy<LocalCaller>(() => _callers.Take(cmdlet, settings));
    }

    public IReadOnlyList<McpTool> List() => [.. _snapshot.Tools.Tools.Select(tool => new McpTool(tool, _location))];

    public McpTool Find(string name) => new(ToolNames.Find(_snapshot, _settings.ConnectorsFolder, name), _location);

    public IAnswer Call(CallRequest call)
    {
        if (call.Waits)
            return Wait(call);
        Task<StreamedAnswer>? opening = null;
        // Here, on the session's own thread.
        var invoker = _caller.Value.Invoker;
        var trace = new CallTrace(_cmdlet, call.Bar);
        var options = new CallOptions
        {
            MaximumBytes = call.MaximumBytes,
            Timeout = call.Timeout,
            Observer = trace,
        };
        try
        {
            var answer = call.Bar.AwaitHere(
                (post, cancellationToken) =>
                {
                    trace.Begin(post);
                    return opening = invoker.OpenAsync(
                        call.Tool.Served!,
                        call.Arguments,
                        new CallContext { Profile = call.Profile },
                        options,
                        cancellationToken
                    );
                }
            );
            trace.End(answer);
            return new ApiAnswer(answer);
        }
        catch (PipelineStoppedException)
        {
            // No one waits for the answer any more; one that comes all the same holds a connection and a place of a
            // limit.
            _ = opening?.ContinueWith(
                static late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default
            );
            throw;
        }
    }

    // An operation's end is found in its bodies, so that they are read whole.
    private ServerAnswer Wait(CallRequest call)
    {
        var invoker = _caller.Value.Invoker;
        var trace = new CallTrace(_cmdlet, call.Bar);
        var context = CallContext.Waiting(
            call.Timeout?.Time ?? _settings.MaxWait,
            call.MaximumBytes,
            trace,
            call.Profile
        );
        var answer = call.Bar.AwaitHere(
            (post, cancellationToken) =>
            {
                trace.Begin(post);
                return invoker.CallAsync(call.Tool.Served!, call.Arguments, context, cancellationToken);
            }
        );
        if (answer is { IsPending: true, Content: [.., AnswerContent.Text note] })
            _cmdlet.WriteWarning(UntrustedText.ForTerminal(note.Value));
        return new ServerAnswer(answer, call.MaximumBytes);
    }

    public PageReading? ReadPages(CallRequest call, PageCaps caps)
    {
        if (!call.Tool.HasPages)
            return null;
        var trace = new CallTrace(_cmdlet, call.Bar);
        var options = new CallOptions
        {
            MaximumBytes = call.MaximumBytes,
            Timeout = call.Timeout,
            Observer = trace,
        };
        var pages = _caller.Value.Invoker.ReadPages(
            call.Tool.Served!,
            call.Arguments,
            () => new CallContext { Profile = call.Profile },
            options,
            caps
        );
        return new PageReading(pages, trace);
    }

    public IToolTarget For(McpToolCommand cmdlet) => new LocalTools(cmdlet, _settings, _snapshot, _jobCallers);

    public string Preview(McpTool tool, JsonElement arguments, string? profile)
    {
        var previews = _caller.Value.Previews;
        return PreviewText.Of(
            _cmdlet.Await(cancellationToken =>
                previews.PreviewAsync(tool.Served!, arguments, cancellationToken, profile)
            )
        );
    }

    public void Dispose()
    {
        if (_caller.IsValueCreated)
            _callers.Return(_caller.Value);
    }
}
