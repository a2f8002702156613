using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Plan;
using McpRuntime.Credentials;
using McpRuntime.Json.Schemas;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Request;

/// <summary>A request as it would go out, and what the arguments became.</summary>
public sealed record RequestPreview : MaskedRequest
{
    private RequestPreview(MaskedRequest request)
        : base(request) { }

    /// <summary>Where each argument went, in the order in which they were given.</summary>
    public required IReadOnlyList<LocatedArgument> Arguments { get; init; }

    /// <summary>
    /// Where the arguments do not fit the tool's input schema, although they would be sent; secrets masked.
    /// </summary>
    public IReadOnlyList<SchemaViolation> SchemaWarnings { get; init; } = [];

    /// <summary>
    /// Why the call would fail although the request can be made, such as a missing credential; null for nothing.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>A command line for a POSIX shell that sends these very bytes; secrets stay masked.</summary>
    /// <param name="maxBody">Longest body that is written out, in bytes; the file body.bin stands for a longer
    /// one.</param>
    public string ToCurl(int maxBody = int.MaxValue) => CurlText.Of(this, maxBody);

    internal static RequestPreview Create(
        CallPlan plan,
        OutgoingRequest request,
        CheckedArguments arguments,
        CallCredentials? credentials,
        string? note
    )
    {
        using var nothing = new Redactor();
        var redactor = credentials?.Redactor ?? nothing;
        return new RequestPreview(Of(request, credentials))
        {
            Arguments = [.. arguments.Arguments.EnumerateObject().Select(argument => Place(plan, argument.Name))],
            SchemaWarnings =
            [
                .. arguments.Warnings.Select(warning => warning with { Message = redactor.Redact(warning.Message) }),
            ],
            Note = note is null ? null : redactor.Redact(note),
        };
    }

    private static LocatedArgument Place(CallPlan plan, string name)
    {
        if (plan.Body?.Argument == name)
            return new LocatedArgument(name, ArgumentLocation.Body, null);
        return plan.Arguments.TryGetValue(name, out var argument)
            ? new LocatedArgument(
                name,
                argument.In,
                argument.In == ArgumentLocation.QueryString ? null : argument.WireName
            )
            : new LocatedArgument(name, plan.Unlisted ?? ArgumentLocation.Query, name);
    }
}

/// <param name="Argument">Name of the argument.</param>
/// <param name="In">The part of the request.</param>
/// <param name="WireName">Its name there; null where it is the whole part.</param>
public sealed record LocatedArgument(string Argument, ArgumentLocation In, string? WireName);
