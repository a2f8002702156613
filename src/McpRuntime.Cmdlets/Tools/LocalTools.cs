using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Engine;
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
    private readonly Lazy<LocalCaller> _caller;
    private readonly ToolLocation _location;

    public LocalTools(McpCmdlet cmdlet, RuntimeSettings settings, ConnectorSnapshot snapshot)
    {
        _cmdlet = cmdlet;
        _settings = settings;
        _snapshot = snapshot;
        _location = new ToolLocation(null, null, settings.ConnectorsFolder);
        _callers = ModuleSession.Of(cmdlet).Callers;
        _caller = new Lazy<LocalCaller>(() => _callers.Take(cmdlet, settings));
    }

    public IReadOnlyList<McpTool> List() => [.. _snapshot.Tools.Tools.Select(tool => new McpTool(tool, _location))];

    public McpTool Find(string name) => _snapshot.Tools.Resolve(name) switch
    {
        ToolResolution.Found found => new McpTool(found.Tool, _location),
        ToolResolution.Ambiguous ambiguous => throw new ToolNotFoundException(
            $"Several connectors have a tool '{name}'; name one of {string.Join(", ", ambiguous.Choices)}."),
        ToolResolution.Unknown { Nearest: { Count: > 0 } nearest } => throw new ToolNotFoundException(
            $"There is no tool '{name}'. Did you mean {string.Join(" or ", nearest)}?"),
        _ => throw new ToolNotFoundException($"There is no tool '{name}' in '{_settings.ConnectorsFolder}'. Get-McpTool lists those that are there."),
    };

    public IAnswer Call(McpTool tool, JsonElement arguments, long? maximumBytes)
    {
        Task<StreamedAnswer>? opening = null;
        // Here, on the session's own thread.
        var invoker = _caller.Value.Invoker;
        try
        {
            return new ApiAnswer(_cmdlet.AwaitHere(cancellationToken => opening = invoker.OpenAsync(tool.Served!, arguments, new CallOptions { MaximumBytes = maximumBytes }, cancellationToken)));
        }
        catch (PipelineStoppedException)
        {
            // Nobody waits for the answer any more; one that comes all the same holds a connection and a place of a limit.
            _ = opening?.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public string Preview(McpTool tool, JsonElement arguments)
    {
        var previews = _caller.Value.Previews;
        var preview = _cmdlet.Await(cancellationToken => previews.PreviewAsync(tool.Served!, arguments, cancellationToken));
        var notes = preview.SchemaWarnings.Select(warning => $"Schema warning, sent all the same: {warning.Message}").Append(preview.Note);
        return UntrustedText.ForTerminal(
            string.Join(Environment.NewLine, notes.OfType<string>().Prepend(preview.ToCurl())), keepLines: true);
    }

    public void Dispose()
    {
        if (_caller.IsValueCreated)
            _callers.Return(_caller.Value);
    }
}
