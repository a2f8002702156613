using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Serialization;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Validation.JsonSchemas;

namespace McpRuntime.Calls;

/// <summary>A request as it would go out, with <c>***</c> for every secret.</summary>
public sealed record RequestPreview
{
    public required string Method { get; init; }

    public required string Url { get; init; }

    /// <summary>Every header field that the runtime sets, Cookie and Content-Type included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True when a body goes out, an empty one included.</summary>
    public required bool HasBody { get; init; }

    /// <summary>Where each argument went, in the order in which they were given.</summary>
    public required IReadOnlyList<ArgumentPlace> Arguments { get; init; }

    /// <summary>Where the arguments do not fit the tool's input schema, although they would be sent; secrets masked.</summary>
    public IReadOnlyList<SchemaViolation> SchemaWarnings { get; init; } = [];

    /// <summary>Why the call would fail although the request can be made, such as a missing credential; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>A command line for a POSIX shell that sends these very bytes; secrets stay masked.</summary>
    public string ToCurl() => CurlText.Of(this);

    internal static RequestPreview Create(
        CallPlan plan, OutgoingRequest request, CheckedArguments arguments, CallCredentials? credentials, string? note)
    {
        var headers = new List<KeyValuePair<string, string>>(request.Headers);
        var (url, cookies) = (request.Url, request.Cookies);
        foreach (var use in credentials?.Uses ?? [])
        {
            if (use.In == ArgumentLocation.Header)
                headers.Add(new(use.Name, use.Masked()));
            else if (use.In == ArgumentLocation.Query)
                url = $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{UrlText.Encode(use.Name)}={use.Masked()}";
            else
                cookies = cookies.Length == 0 ? $"{use.Name}={use.Masked()}" : $"{cookies}; {use.Name}={use.Masked()}";
        }
        if (cookies.Length > 0)
            headers.Add(new("Cookie", cookies));
        if (request.Body is { } sent)
            headers.Add(new("Content-Type", sent.ContentType));
        var body = request.Body?.Bytes ?? default;
        using var nothing = new Redactor();
        var redactor = credentials?.Redactor ?? nothing;
        return new RequestPreview
        {
            Method = request.Method,
            Url = redactor.Redact(url),
            Headers = [.. headers.Select(header => KeyValuePair.Create(header.Key, redactor.Redact(header.Value)))],
            Body = redactor.RedactBody(body, isCut: false) ?? body,
            HasBody = request.Body is not null,
            Arguments = [.. arguments.Arguments.EnumerateObject().Select(argument => Place(plan, argument.Name))],
            SchemaWarnings = [.. arguments.Warnings.Select(warning => warning with { Message = redactor.Redact(warning.Message) })],
            Note = note is null ? null : redactor.Redact(note),
        };
    }

    private static ArgumentPlace Place(CallPlan plan, string name)
    {
        if (plan.Body?.Argument == name)
            return new ArgumentPlace(name, ArgumentLocation.Body, null);
        return plan.Arguments.TryGetValue(name, out var argument)
            ? new ArgumentPlace(name, argument.In, argument.In == ArgumentLocation.QueryString ? null : argument.WireName)
            : new ArgumentPlace(name, plan.Unlisted ?? ArgumentLocation.Query, name);
    }
}

/// <param name="Argument">Name of the argument.</param>
/// <param name="In">The part of the request.</param>
/// <param name="WireName">Its name there; null where it is the whole part.</param>
public sealed record ArgumentPlace(string Argument, ArgumentLocation In, string? WireName);
