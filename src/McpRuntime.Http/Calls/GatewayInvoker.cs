using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Connectors;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Connectors;
using McpRuntime.Server;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Calls;

/// <summary>Calls the tools of one set of connectors, and writes down that it did.</summary>
/// <param name="set">The connectors.</param>
/// <param name="calls">What all sets share.</param>
internal sealed class GatewayInvoker(IConnectorSet set, CallParts calls) : IToolInvoker
{
    private static readonly ActivitySource Activities = new("McpRuntime.Gateway");
    private static long _lastCall;

    private readonly string? _project = set.Project;

    private readonly ConditionalWeakTable<ServedTool, CallPlan> _plans = [];

    public Task<ToolAnswer> InvokeAsync(ServedTool tool, JsonElement arguments, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Calls of the gateway have a caller.");

    public Task<ToolAnswer> InvokeAsync(
        ServedTool tool, JsonElement arguments, JsonRpcMessageContext? caller, CancellationToken cancellationToken) =>
        InvokeAsync(tool, arguments, (Caller)caller!.User!, cancellationToken);

    /// <summary>Calls a tool that the caller was found to be allowed.</summary>
    public async Task<ToolAnswer> InvokeAsync(ServedTool tool, JsonElement arguments, Caller caller, CancellationToken cancellationToken)
    {
        var started = calls.Time.GetTimestamp();
        using var activity = Activities.StartActivity("tool.call");
        activity?.SetTag("mcp.tool", tool.Name).SetTag("mcp.connector", tool.Connector.Name).SetTag("mcp.project", _project);
        var id = calls.Feed.HasListeners ? Announce(tool, caller) : null;
        calls.Metrics.Started();
        var outcome = "error";
        int? status = null;
        try
        {
            var answer = await calls.Caller.CallAsync(PlanOf(tool), arguments, caller.Id, cancellationToken);
            status = answer.Status;
            outcome = answer.IsError ? "error" : "ok";
            activity?.SetStatus(answer.IsError ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
            return answer;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            var duration = calls.Time.GetElapsedTime(started);
            Record(tool, caller, id, outcome, status, duration);
        }
    }

    // The identity of a _project's connector is _project and name, so that it finds no credential and no approval that
    // somebody gave to the connector of that name elsewhere. No connector of the folder can have such a name.
    private CallPlan PlanOf(ServedTool tool) => _plans.GetValue(
        tool,
        served => CallPlan.Create(
            _project is null ? served.Connector : served.Connector with { Name = $"{_project}/{served.Connector.Name}" },
            served.Tool,
            addresses: set.AddressesOf(served.Connector)));

    private string Announce(ServedTool tool, Caller caller)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{caller.CorrelationId}-{Interlocked.Increment(ref _lastCall)}");
        calls.Feed.Publish(new CallEvent(
            id, calls.Time.GetUtcNow(), _project, tool.Connector.Name, tool.Name, caller.Id, null, null, TimeSpan.Zero));
        return id;
    }

    /// <summary>Notes a call of a tool that the caller may not call.</summary>
    public void Refuse(ServedTool tool, Caller caller) => calls.Audit.Add(new AuditEntry(
        calls.Time.GetUtcNow(), caller.Id, "tool.call", TargetOf(tool), "refused", TimeSpan.Zero, caller.CorrelationId, caller.Address)
    {
        Project = _project,
        Detail = "The caller's roles do not allow this tool.",
    });

    private string TargetOf(ServedTool tool) =>
        _project is null ? $"{tool.Connector.Name}:{tool.Tool.Name}" : $"{_project}/{tool.Connector.Name}:{tool.Tool.Name}";

    private void Record(ServedTool tool, Caller caller, string? id, string outcome, int? status, TimeSpan duration)
    {
        var now = calls.Time.GetUtcNow();
        calls.Metrics.Ended(_project, tool.Connector.Name, tool.Name, outcome, duration);
        var written = status is { } code ? string.Create(CultureInfo.InvariantCulture, $"{outcome} {code}") : outcome;
        calls.Audit.Add(new AuditEntry(now, caller.Id, "tool.call", TargetOf(tool), written, duration, caller.CorrelationId, caller.Address) { Project = _project });
        if (id is not null)
            calls.Feed.Publish(new CallEvent(id, now, _project, tool.Connector.Name, tool.Name, caller.Id, outcome, status, duration));
    }
}

/// <summary>What calls of every set of connectors share.</summary>
internal sealed record CallParts(ToolCaller Caller, CallFeed Feed, CallMetrics Metrics, AuditLog Audit, TimeProvider Time);
