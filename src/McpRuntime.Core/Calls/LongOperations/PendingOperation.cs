using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Sending;
using McpRuntime.Http;

namespace McpRuntime.Calls.LongOperations;

/// <summary>Work that an API has accepted and not done yet.</summary>
/// <param name="Url">Where its state is, at the tool's own origin.</param>
/// <param name="Final">Where its result is, if that is elsewhere; null where it is not known.</param>
/// <param name="HasState">The body at <paramref name="Url"/> is about the state, and not the result.</param>
internal sealed partial record PendingOperation(string Url, string? Final, bool HasState)
{
    /// <summary>
    /// A 202 with a status monitor (RFC 9110 section 15.3.3), also by the names that Azure uses, and an operation of
    /// Google that is not done; null for any other answer, and where the state is at another origin.
    /// </summary>
    /// <param name="plan">The tool.</param>
    /// <param name="response">The answer.</param>
    /// <param name="asked">The URL of the request.</param>
    /// <param name="readsBody">Google's operations are recognised too, by the body.</param>
    public static PendingOperation? Of(CallPlan plan, UpstreamResponse response, string asked, bool readsBody)
    {
        if (response.Status is 201 or 202)
        {
            var location = At(plan, Find(response, "Location"), asked);
            var state = At(plan, Find(response, "Operation-Location"), asked)
                ?? At(plan, Find(response, "Azure-AsyncOperation"), asked);
            if (state is not null)
                return new PendingOperation(state, location, HasState: true);
            return response.Status == 202 && location is not null
                ? new PendingOperation(location, null, HasState: false)
                : null;
        }
        return readsBody && response.Status == 200 ? OfGoogle(plan, response.Body, asked) : null;
    }

    /// <summary>A URL of the tool's own origin; null for any other, and for none.</summary>
    public static string? At(CallPlan plan, string? url, string asked) =>
        !string.IsNullOrWhiteSpace(url) && NextUrl.Read(plan, url, asked, out var read) is null ? read : null;

    // google.longrunning.Operation ('name', 'done'), and Compute Engine's ('selfLink', 'status').
    private static PendingOperation? OfGoogle(CallPlan plan, ReadOnlyMemory<byte> body, string asked)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            var isDone = root.TryGetProperty("done"u8, out var done) && done.ValueKind == JsonValueKind.True;
            if (
                Text(root, "kind"u8)?.EndsWith("#operation", StringComparison.Ordinal) == true
                && At(plan, Text(root, "selfLink"u8), asked) is { } self
            )
                return new PendingOperation(self, null, HasState: true);
            if (
                isDone
                || Text(root, "name"u8) is not { } name
                || !OperationName().IsMatch(name)
                || Version().Match(new Uri(asked).AbsolutePath) is not { Success: true } version
            )
                return null;
            return new PendingOperation($"{plan.Origin}{version.Value}{name}", null, HasState: true);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement body, ReadOnlySpan<byte> name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Find(UpstreamResponse response, string name) =>
        response.Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    // Nothing that could lead out of the path.
    [GeneratedRegex(@"^(?:[A-Za-z0-9_-]+/)*operations/[A-Za-z0-9_-][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex OperationName();

    [GeneratedRegex(@"^/v[0-9][a-z0-9]*/", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
