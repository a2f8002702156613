using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Sending;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.Stdio.Arguments;
using McpRuntime.Stdio.Credentials;

namespace McpRuntime.Stdio.Commands;

/// <summary>
/// One call from the terminal: the same names, checks, credentials and limits as a served one, and the whole answer.
/// </summary>
internal sealed class CallRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Tool { get; init; }

    public required string Arguments { get; init; }

    /// <summary>Further arguments, as <see cref="ArgumentPairs"/> reads them.</summary>
    public IReadOnlyList<string> Pairs { get; init; } = [];

    public bool DryRun { get; init; }

    /// <summary>The items of a list with pages are printed, one a line.</summary>
    public bool HasPages { get; init; }

    /// <summary>Most items; null for all.</summary>
    public long? MaxItems { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        JsonElement arguments;
        try
        {
            arguments = ArgumentPairs.Add(await ArgumentText.ReadAsync(Arguments, cancellationToken), Pairs);
        }
        catch (ArgumentTextException exception)
        {
            await terminal.WriteErrorAsync(exception.Message);
            return ExitCode.WrongUsage;
        }
        var snapshot = await ConnectorFolder.LoadAsync(settings, cancellationToken);
        if (snapshot.Tools.Resolve(Tool) is not ToolResolution.Found { Tool: var tool })
        {
            // A broken manifest may be why the tool is not there.
            await FindingsText.WriteAsync(
                terminal,
                snapshot.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
            );
            await terminal.WriteErrorAsync(Explain(snapshot.Tools.Resolve(Tool)));
            return ExitCode.Failed;
        }
        using var telemetry = Serving.Telemetry.Start();
        using var http = new GuardedHttp(settings.ExtraRoots);
        using var sources = new ConsoleSources(settings);
        using var caller = new ToolCaller(settings, http, new ApprovalStore(settings.DataFolder), sources.All);
        var plan = CallPlan.Create(
            tool.Connector,
            tool.Tool,
            label: new ToolLabel(null, tool.Connector.Name, tool.ManifestName, tool.Name)
        );
        if (!DryRun)
            return HasPages
                ? await new PagesRun(terminal, caller, plan).RunAsync(arguments, MaxItems, cancellationToken)
                : await CallAsync(caller, plan, arguments, cancellationToken);
        await PreviewAsync(caller, plan, arguments, cancellationToken);
        return ExitCode.Good;
    }

    private async Task<int> CallAsync(
        ToolCaller caller,
        CallPlan plan,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        using var answer = await Progress.ShowAsync(
            terminal,
            $"Calling {Tool}",
            caller.OpenAsync(plan, arguments, new CallContext(), CallOptions.None, cancellationToken)
        );
        try
        {
            await AnswerOutput.WriteAsync(terminal, answer, cancellationToken);
        }
        catch (AnswerException exception)
        {
            await terminal.WriteErrorAsync($"{exception.Message} Call {answer.CallId}.");
            return ExitCode.Failed;
        }
        return answer.Failure is null ? ExitCode.Good : ExitCode.Failed;
    }

    private async Task PreviewAsync(
        ToolCaller caller,
        CallPlan plan,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        var preview = await caller.PreviewAsync(plan, arguments, cancellationToken);
        await terminal.Out.WriteLineAsync(UntrustedText.ForTerminal(preview.ToCurl(), keepLines: true));
        foreach (var place in preview.Arguments)
        {
            var part = place.In.ToString().ToLowerInvariant();
            var where = place.WireName is null ? $"the whole {part}" : $"{part} {place.WireName}";
            await terminal.Error.WriteLineAsync(
                terminal.OnError(Colour.Dim, UntrustedText.ForTerminal($"{place.Argument} → {where}"))
            );
        }
        foreach (var warning in preview.SchemaWarnings)
            await terminal.WriteErrorAsync($"Schema warning (sent anyway): {warning.Message}");
        if (preview.Note is { } note)
            await terminal.WriteErrorAsync(note);
    }

    private string Explain(ToolResolution resolution) =>
        resolution switch
        {
            ToolResolution.Ambiguous { Choices: var choices } =>
                $"Several connectors have a tool '{Tool}'; name one of {string.Join(", ", choices)}.",
            ToolResolution.Unknown { Nearest: { Count: > 0 } nearest } =>
                $"There is no tool '{Tool}'. Did you mean {string.Join(" or ", nearest)}?",
            _ => $"There is no tool '{Tool}' in {settings.ConnectorsFolder}. 'mcp-runtime tools' lists the tools.",
        };
}
