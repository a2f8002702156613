using System.Text.Json;
using McpRuntime.Approvals;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Caching;
using McpRuntime.Calls.LongOperations;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Calls.Sending;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Calls;

/// <summary>
/// Calls tools. Whatever goes wrong comes back as an answer that says so; only cancellation is thrown. One instance
/// serves all connectors and any number of concurrent calls.
/// </summary>
public sealed class ToolCaller : IDisposable
{
    private readonly RuntimeSettings _settings;
    private readonly ConnectorAddresses _addresses;
    private readonly OAuthTokenCache _tokens;
    private readonly CredentialResolver _credentials;
    private readonly OriginBreaker _breaker;
    private readonly LimitedUpstream _limited;
    private readonly CachingUpstream _upstream;
    private readonly ILogger _logger;
    private readonly CallRecorder _recorder;
    private readonly TimeProvider _time;

    /// <param name="settings">Time budget, concurrency and allowed networks.</param>
    /// <param name="http">The connections; not disposed here.</param>
    /// <param name="approvals">The user's record of approved origins and hosts.</param>
    /// <param name="sources">Where credentials are kept, in the order in which they are asked.</param>
    /// <param name="logger">Gets one line a call, never a secret or an argument's value.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="sinks">Are told of each call, besides log, audit file, spans and instruments; none by
    /// default.</param>
    /// <param name="share">
    /// How much of a limit of requests a minute may be used here, above 0 and at most 1, by the limit's name, where
    /// other processes call the same APIs; all of it by default.
    /// </param>
    public ToolCaller(
        RuntimeSettings settings,
        GuardedHttp http,
        ApprovalStore approvals,
        IReadOnlyList<ICredentialSource> sources,
        ILogger<ToolCaller>? logger = null,
        TimeProvider? time = null,
        IReadOnlyList<ICallSink>? sinks = null,
        Func<string, double>? share = null
    )
    {
        _settings = settings;
        _addresses = new ConnectorAddresses(settings, approvals);
        _time = time ?? TimeProvider.System;
        _tokens = new OAuthTokenCache(new TokenEndpoint(http), _time);
        _credentials = new CredentialResolver(
            sources,
            approvals,
            new OriginPolicy(approvals),
            _tokens,
            new OpenIdDiscovery(http, _time),
            _time
        );
        // Inside out: what is repeated waits for its limits again, and a pause of the API counts every attempt.
        _breaker = new OriginBreaker(new DirectUpstream(http, _time), settings.MaxConcurrentConnectors, _time);
        _limited = new LimitedUpstream(_breaker, _time, share);
        _upstream = new CachingUpstream(new RepeatingUpstream(new TokenRenewal(_limited)), new AnswerCache(), _time);
        _logger = logger ?? NullLogger<ToolCaller>.Instance;
        _recorder = new CallRecorder(
            _logger,
            settings.AuditFile is { } path ? new AuditFile(path, _logger) : null,
            sinks ?? [],
            _time
        );
    }

    /// <summary>The circuit breaker of an origin changed. Raised within a call; listeners only queue.</summary>
    public event Action<Origin, BreakerState>? BreakerChanged
    {
        add => _breaker.StateChanged += value;
        remove => _breaker.StateChanged -= value;
    }

    /// <summary>What the circuit breaker of an origin does now.</summary>
    public BreakerState BreakerOf(Origin origin) => _breaker.StateOf(origin);

    /// <summary>Calls a tool.</summary>
    /// <param name="plan">The tool.</param>
    /// <param name="arguments">The arguments object; Undefined or null counts as an empty one.</param>
    /// <param name="context">Who calls; of this call alone.</param>
    /// <param name="cancellationToken">Cancelling aborts the request to the API.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ToolAnswer> CallAsync(
        CallPlan plan,
        JsonElement arguments,
        CallContext context,
        CancellationToken cancellationToken
    )
    {
        var record = _recorder.Start(plan, context);
        ToolAnswer answer;
        try
        {
            try
            {
                answer = await CallWithinBudgetAsync(plan, arguments, record, cancellationToken);
            }
            catch (McpRuntimeException refused)
            {
                answer = RefusedAnswer.Of(refused);
            }
        }
        catch (Exception failure)
        {
            _recorder.End(record, arguments, failure, status: null);
            throw;
        }
        answer = WithCallId(answer, record);
        _recorder.End(record, arguments, answer);
        return answer;
    }

    /// <summary>
    /// Calls a tool whose answer is read while it arrives, and is not cut: for scripts, where a model's bounds make no
    /// sense. Credentials, retries, limits and records are those of <see cref="CallAsync"/>.
    /// </summary>
    /// <param name="plan">The tool.</param>
    /// <param name="arguments">The arguments object; Undefined or null counts as an empty one.</param>
    /// <param name="context">Who calls; of this call alone.</param>
    /// <param name="options">Bounds, and who is told what the call does.</param>
    /// <param name="cancellationToken">Cancelling aborts the request, and the answer while it is read.</param>
    /// <returns>To be disposed.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<StreamedAnswer> OpenAsync(
        CallPlan plan,
        JsonElement arguments,
        CallContext context,
        CallOptions options,
        CancellationToken cancellationToken
    ) => OpenTargetAsync(plan, new PageTarget(arguments), context, options, cancellationToken);

    /// <summary>
    /// The pages of a list, each read when it is asked for: a call of its own, with its own time and records.
    /// </summary>
    /// <param name="plan">A tool with <c>pagination</c>.</param>
    /// <param name="arguments">The arguments object of the first page.</param>
    /// <param name="context">Makes the context of each page.</param>
    /// <param name="options">Bounds of each page, and who is told what is done.</param>
    /// <param name="caps">Bounds over all pages.</param>
    public PagedAnswer ReadPages(
        CallPlan plan,
        JsonElement arguments,
        Func<CallContext> context,
        CallOptions options,
        PageCaps caps
    ) => new(plan, arguments, caps, async (target, token) =>
        {
            using var opened = await OpenTargetAsync(plan, target, context(), options, token);
            return await opened.ReadPageAsync(token);
        });

    private async Task<StreamedAnswer> OpenTargetAsync(
        CallPlan plan,
        PageTarget target,
        CallContext context,
        CallOptions options,
        CancellationToken cancellationToken
    )
    {
        var arguments = target.Arguments;
        var record = _recorder.Start(plan, context, options.Observer);
        StreamedAnswer opened;
        try
        {
            try
            {
                opened = await OpenWithinBudgetAsync(plan, target, options, record, cancellationToken);
            }
            catch (McpRuntimeException refused)
            {
                opened = Ended(RefusedAnswer.Of(refused), record);
            }
        }
        catch (Exception failure)
        {
            _recorder.End(record, arguments, failure, status: null);
            throw;
        }
        // One with a body is recorded when that ends.
        if (opened.Ended is { } ended)
            _recorder.End(record, arguments, ended);
        return opened;
    }

    /// <summary>
    /// The request that a call would send, secrets masked. Nothing is sent, and missing credentials are only noted.
    /// </summary>
    /// <exception cref="McpRuntimeException">The arguments are invalid, or the tool cannot be called.</exception>
    public async Task<RequestPreview> PreviewAsync(
        CallPlan plan,
        JsonElement arguments,
        CancellationToken cancellationToken,
        string? profile = null
    )
    {
        var (given, request) = Prepare(plan, arguments);
        try
        {
            var needs = Needs(plan, profile is null ? null : new CallContext { Profile = profile });
            using var credentials = await _credentials.ResolveAsync(needs, null, cancellationToken);
            return RequestPreview.Create(plan, request, given, credentials, note: null);
        }
        catch (McpRuntimeException missing)
        {
            return RequestPreview.Create(plan, request, given, credentials: null, missing.Message);
        }
    }

    public void Dispose()
    {
        _limited.Dispose();
        _breaker.Dispose();
        _credentials.Dispose();
        _tokens.Dispose();
        _recorder.Dispose();
    }

    /// <summary>
    /// Why a call would be refused for want of a credential; null when it would not. Nothing is sent.
    /// </summary>
    public async Task<string?> ExplainMissingCredentialAsync(CallPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            using var credentials = await _credentials.ResolveAsync(Needs(plan, null), null, cancellationToken);
            return null;
        }
        catch (McpRuntimeException missing)
        {
            return missing.Message;
        }
    }

    private (CheckedArguments Arguments, OutgoingRequest Request) Prepare(CallPlan plan, JsonElement arguments)
    {
        if (plan.Problem is { } problem)
            throw new CallException(problem);
        var given = plan.Contract.Check(arguments, _settings.ArgumentCheck);
        return (given, RequestBuilder.Build(plan, given.Arguments));
    }

    private (CheckedArguments Arguments, OutgoingRequest Request) Prepare(CallPlan plan, PageTarget target)
    {
        var (given, request) = Prepare(plan, target.Arguments);
        return (given, target.Url is { } url ? request with { Url = url } : request);
    }

    // One method, although a long one: each that waits for another costs every call.
    private async Task<ToolAnswer> CallWithinBudgetAsync(
        CallPlan plan,
        JsonElement arguments,
        CallRecord record,
        CancellationToken cancellationToken
    )
    {
        var (given, request) = Prepare(plan, arguments);
        var (whole, from) = Budget(plan);
        if (record.Context.Options.Wait is { } wait)
            whole += wait < _settings.MaxWait ? wait : _settings.MaxWait;
        using var budget = new CallBudget(whole, from, _time, record, cancellationToken);
        CallCredentials? credentials = null;
        try
        {
            var addresses = plan.Addresses ?? _addresses.For(plan.Connector.Name);
            credentials = await _credentials.ResolveAsync(Needs(plan, record.Context), addresses, budget.Token);
            record.Use(credentials);
            var call = new UpstreamCall(plan, request, credentials, addresses, budget, record, given.Warnings);
            if (record.Context.Options.MaxItems is { } most)
                return await PagesAsync(call, arguments, most, cancellationToken);
            if (plan.Connector.Cache && record.Context.Options.Wait is null)
                call = call with { MayReuse = true };
            var response = await _upstream.SendAsync(call, budget.Token);
            return response.Status == 202 || record.Context.Options.Wait is not null
                ? await OperationAsync(call, response)
                : Answer(call, response);
        }
        catch (Exception failure) when (Explain(failure, plan, budget, record, credentials) is { } answer)
        {
            return answer;
        }
        finally
        {
            credentials?.Dispose();
        }
    }

    // All pages spend the time of the one call, and none of them the attempts of another.
    private async Task<ToolAnswer> PagesAsync(
        UpstreamCall call,
        JsonElement arguments,
        int most,
        CancellationToken cancellationToken
    )
    {
        var plan = call.Plan;
        if (plan.Tool.Pagination is null or { Style: PagingStyle.None })
        {
            var only = Answer(call, await _upstream.SendAsync(call, call.Budget.Token));
            return only.IsError
                ? only
                : only with
                {
                    Content = [.. only.Content, new AnswerContent.Text(NoPages(plan))],
                };
        }
        var caps = new PageCaps(Math.Min(most, _settings.MaxItems), _settings.MaxPages, _settings.MaxPagedBytes);
        var pages = new PagedAnswer(plan, arguments, caps, (target, _) => FetchAsync(call, target));
        return await JoinedAnswer.ReadAsync(pages, plan, cancellationToken);
    }

    // An operation that goes on after its answer (RFC 9110 section 15.3.3): waited for where the caller wants that.
    private async Task<ToolAnswer> OperationAsync(UpstreamCall call, UpstreamResponse response)
    {
        var answer = Answer(call, response);
        var most = call.Record.Context.Options.Wait;
        if (
            answer.IsError
            || PendingOperation.Of(call.Plan, response, call.Request.Url, most is not null) is not { } operation
        )
            return answer;
        if (most is not { } wait)
            return OperationNote.Accepted(answer, operation, call.Plan);
        var waiting = new OperationWait(call, _time, url => GetAsync(call, url));
        return await waiting.RunAsync(
            operation,
            new PolledAnswer(answer, response),
            wait < _settings.MaxWait ? wait : _settings.MaxWait
        );
    }

    private async Task<PolledAnswer> GetAsync(UpstreamCall call, string url)
    {
        var next = call with { Request = call.Request with { Method = "GET", Url = url, Body = null }, Warnings = [] };
        call.Budget.StartNext();
        try
        {
            var response = await _upstream.SendAsync(next, call.Budget.Token);
            return new PolledAnswer(Answer(next, response), response);
        }
        catch (Exception failure)
            when (Explain(failure, call.Plan, call.Budget, call.Record, call.Credentials) is { } answer)
        {
            return new PolledAnswer(answer, null);
        }
    }

    private async Task<FetchedPage> FetchAsync(UpstreamCall call, PageTarget target)
    {
        try
        {
            var (given, request) = Prepare(call.Plan, target);
            call.Budget.StartNext();
            var next = call with { Request = request, Warnings = given.Warnings };
            return new FetchedPage(request.Url, Answer(next, await _upstream.SendAsync(next, call.Budget.Token)));
        }
        catch (Exception failure)
            when (Explain(failure, call.Plan, call.Budget, call.Record, call.Credentials) is { } answer)
        {
            return new FetchedPage(null, answer);
        }
        catch (McpRuntimeException refused)
        {
            return new FetchedPage(null, RefusedAnswer.Of(refused));
        }
    }

    private static string NoPages(CallPlan plan) =>
        $"'max_items' had no effect: how '{plan.Tool.Name}' pages is not known. What it says about a next page, if "
        + $"anything, is in its answer.";

    private async Task<StreamedAnswer> OpenWithinBudgetAsync(
        CallPlan plan,
        PageTarget target,
        CallOptions options,
        CallRecord record,
        CancellationToken cancellationToken
    )
    {
        var (given, request) = Prepare(plan, target);
        var (whole, from) = options.Timeout is { } timeout ? (timeout.Time, timeout.Source) : Budget(plan);
        using var budget = new CallBudget(whole, from, _time, record, cancellationToken)
        {
            CoversAnswer = options.Timeout is not null,
        };
        CallCredentials? credentials = null;
        try
        {
            var addresses = plan.Addresses ?? _addresses.For(plan.Connector.Name);
            credentials = await _credentials.ResolveAsync(Needs(plan, record.Context), addresses, budget.Token);
            record.Use(credentials);
            var call = new UpstreamCall(plan, request, credentials, addresses, budget, record, given.Warnings)
            {
                IsStreamed = true,
                MaximumBytes = options.MaximumBytes,
            };
            var response = await _upstream.SendAsync(call, budget.Token);
            if (response.Open is not { } body)
                return Ended(Answer(call, response), record);
            var opened = new StreamedAnswer(response, body, credentials, record.Id) { RequestUrl = request.Url };
            // It needs them to the end of its body.
            credentials = null;
            body.WhenEnded(failure => _recorder.End(record, target.Arguments, failure, response.Status));
            return opened;
        }
        catch (Exception failure) when (Explain(failure, plan, budget, record, credentials) is { } answer)
        {
            return Ended(answer, record);
        }
        finally
        {
            credentials?.Dispose();
        }
    }

    private static StreamedAnswer Ended(ToolAnswer answer, CallRecord record) =>
        new(WithCallId(answer, record), record.Id);

    private static ToolAnswer WithCallId(ToolAnswer answer, CallRecord record) =>
        answer.IsError
            ? answer with
            {
                Content = [.. answer.Content, new AnswerContent.Text($"Call {record.Id}.")],
            }
            : answer;

    // The answer of a call that failed on its way; null for a cancellation, and for what refuses a call before it is
    // sent.
    private ToolAnswer? Explain(
        Exception failure,
        CallPlan plan,
        CallBudget budget,
        CallRecord record,
        CallCredentials? credentials
    )
    {
        switch (failure)
        {
            case OperationCanceledException when budget.IsSpent:
                return ToolAnswer.Error(
                    $"{plan.Origin} did not answer within {budget.Whole.TotalSeconds:0.###} s, the whole time "
                        + $"of a call ({budget.Source}).{Tried(budget)} The request may or may not have been "
                        + $"processed. Ask for less, or raise the limit."
                ) with
                {
                    Failure = ToolFailure.Timeout,
                };
            case HttpRequestException or IOException or InvalidDataException or AddressRefusedException:
            case OperationCanceledException when !budget.Token.IsCancellationRequested:
                if (_settings.Debug)
                    _logger.LogDebug("{Failure}", Redacted(failure.ToString(), credentials));
                return ToolAnswer.Error(
                    Redacted(FailureText.Of(failure, plan.Origin) + Tried(budget), credentials)
                ) with
                {
                    Failure = ToolFailure.Unreachable,
                };
            case CallException refused:
                return Redacted(RefusedAnswer.Of(refused), credentials);
            case OperationCanceledException or McpRuntimeException:
                return null;
            // Whatever an API can provoke is an answer, also where no one thought of it; its message may hold anything.
            default:
                _logger.LogError(
                    "Internal error in call {Id}: {Failure}",
                    record.Id,
                    Redacted(failure.ToString(), credentials)
                );
                return ToolAnswer.Error(
                    $"Internal error ({failure.GetType().Name}) in the call to {plan.Origin}; see the log. "
                        + $"The request may or may not have been sent."
                );
        }
    }

    private ToolAnswer Answer(UpstreamCall call, UpstreamResponse response)
    {
        call.Record.Bytes += response.Body.Length;
        if (response.Status == 401)
            _credentials.Refused(call.Credentials);
        response = BodyText.AsUtf8(response);
        if (call.Credentials.Redactor.RedactBody(response.Body, response.IsCut) is { } redacted)
            response = response with { Body = redacted };
        var answer = response.Status is >= 200 and < 300 or 304
            ? AnswerReader.Read(response, call.Request)
            : Redacted(ErrorAnswer.Read(response, call), call.Credentials);
        if (response.Reused is { } reused)
            answer = answer with { Reused = reused };
        return response.Headers.Count == 0
            ? answer
            : answer with
            {
                Headers = AnswerHeaders.Clean(response.Headers, call.Credentials.Redactor),
            };
    }

    private static string Tried(CallBudget budget) =>
        budget.Attempts > 1 ? $" It was tried {budget.Attempts} times." : "";

    private static string Redacted(string text, CallCredentials? credentials) =>
        credentials?.Redactor.Redact(text) ?? text;

    private static ToolAnswer Redacted(ToolAnswer answer, CallCredentials? credentials) =>
        answer with
        {
            Content =
            [
                .. answer.Content.Select(block =>
                    block is AnswerContent.Text text ? new AnswerContent.Text(Redacted(text.Value, credentials)) : block
                ),
            ],
            Detail = answer.Detail is { } detail ? Redacted(detail, credentials) : null,
        };

    private CredentialNeeds Needs(CallPlan plan, CallContext? context)
    {
        var connector = plan.Connector;
        var profile = context?.Profile ?? _settings.Profiles.Of(connector.Name) ?? connector.Credentials.Profile;
        var holder = connector.Credentials.IsPerCaller ? context?.Holder : null;
        return profile is null && holder is null
            ? plan.Needs!
            : plan.Needs! with
            {
                Profile = profile,
                Holder = holder,
            };
    }

    private (TimeSpan Time, string From) Budget(CallPlan plan)
    {
        if (plan.Tool.Limits.TimeoutSeconds is { } tool)
            return (TimeSpan.FromSeconds(tool), $"limits.timeout_seconds of the tool '{plan.Tool.Name}'");
        return plan.Connector.Limits.TimeoutSeconds is { } connector
            ? (TimeSpan.FromSeconds(connector), $"limits.timeout_seconds of the connector '{plan.Connector.Name}'")
            : (_settings.ConnectorTimeout, "MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS");
    }
}
