using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Server.Shaping;
using McpRuntime.Server.Surface;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Server;

/// <summary>
/// The one way of a call: every front end that serves tools opens a context for its request, and lists or calls with
/// it. What differs between them is only how a request is read and an answer is written.
/// </summary>
public sealed class ToolRoute(IToolSource source, IToolInvoker invoker, ModelAnswers answers, ILogger logger)
{
    private volatile bool _wasListed;

    /// <summary>A client has seen a list, so that a change of it is news.</summary>
    public bool WasListed => _wasListed;

    /// <inheritdoc cref="IToolSource.OpenAsync"/>
    public ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken) =>
        source.OpenAsync(origin, cancellationToken);

    /// <summary>The tools of the caller.</summary>
    public ToolList List(ToolCallContext context)
    {
        _wasListed = true;
        return context.Tools;
    }

    /// <summary>
    /// Calls a tool. Whatever goes wrong in the call is an answer with <see cref="ToolAnswer.IsError"/>.
    /// </summary>
    /// <param name="context">Of this call alone.</param>
    /// <param name="name">Name on the wire.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="cancellationToken">Cancelled with the client's request.</param>
    /// <exception cref="UnresolvedToolException">The caller has no tool of the name, or several.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task<ToolAnswer> CallAsync(
        ToolCallContext context,
        string name,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        var builtIn = context.FindBuiltIn(name);
        var tool = builtIn is null ? FindCalled(context, name) : null;
        // Answered here, unless it calls a tool of a connector.
        var local = builtIn is null ? null : new LocalCall(name, context);
        try
        {
            if (builtIn is { ReadsResults: true })
                return Answered(local, await answers.ReadAsync(context, arguments, cancellationToken));
            if (builtIn is { Calls: null })
                return Answered(local, builtIn.Invoke(arguments));
            if (builtIn?.Calls is { } access)
            {
                if (
                    CallTools.Choose(arguments, access, context, inner => Find(context, inner), out var call) is
                    { } refused
                )
                    return Answered(local, refused);
                (tool, arguments, context.Options) = call;
                (name, local) = (tool.Name, null);
            }
            else if (context.IsForModel && ToolAnswerRules.Of(tool!).HasOptions)
            {
                arguments = OptionArguments.TakeFrom(arguments, tool!.Tool, out var options, out var fault);
                if (fault is not null)
                    return Answered(new LocalCall(name, context), ToolAnswer.Error(fault));
                context.Options = options;
            }
            if (
                context.Options.Select is { } select
                && SelectCheck.Explain(select, tool!.Connector, tool.Tool) is { } misspelt
            )
                return Answered(new LocalCall(name, context), ToolAnswer.Error($"{misspelt} Nothing was sent."));
            var answer = await invoker.CallAsync(tool!, arguments, context, cancellationToken);
            return context.IsForModel
                ? answers.Fit(answer, tool!, context, builtIn is null && HasOutputSchema(tool!, context))
                : answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (McpRuntimeException e)
        {
            return Answered(local, ToolAnswer.Error(e.Message) with { ErrorCode = e.ErrorCode });
        }
        catch (Exception e)
        {
            // Whatever a call runs into, the session and the other calls go on; the details are for the log.
            logger.LogError(e, "The call of {Tool} failed unexpectedly.", UntrustedText.ForTerminal(name));
            return Answered(
                local,
                ToolAnswer.Error(
                    $"The call failed inside {ServerIdentity.Title} ({e.GetType().Name}); its log has the details."
                )
            );
        }
    }

    private static bool HasOutputSchema(ServedTool tool, ToolCallContext context) =>
        context.Tools.HasOutputSchemas && tool.Tool.OutputSchema is not null;

    private static ToolAnswer Answered(LocalCall? local, ToolAnswer answer)
    {
        local?.End(answer.IsError ? CallOutcome.Error : CallOutcome.Ok);
        return answer;
    }

    private ServedTool FindCalled(ToolCallContext context, string name)
    {
        try
        {
            return Find(context, name);
        }
        catch (UnresolvedToolException)
        {
            new LocalCall(name, context).End(CallOutcome.Error, isTool: false);
            throw;
        }
    }

    private ServedTool Find(ToolCallContext context, string name)
    {
        if (context.Tools.Catalog.TryGet(name, out var tool))
            return tool;
        switch (context.Tools.Catalog.Resolve(name))
        {
            case ToolResolution.Found found:
                return found.Tool;
            case ToolResolution.Ambiguous ambiguous:
                throw new UnresolvedToolException(name, ambiguous.Choices, isAmbiguous: true);
            case var unknown:
                source.NoteUnknown(name, context);
                throw new UnresolvedToolException(
                    name,
                    (unknown as ToolResolution.Unknown)?.Nearest ?? [],
                    isAmbiguous: false
                );
        }
    }
}
