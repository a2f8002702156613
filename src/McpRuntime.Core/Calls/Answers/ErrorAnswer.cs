using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Sending;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Network;

namespace McpRuntime.Calls.Answers;

/// <summary>A response that is not a success, in words that a caller can act on.</summary>
internal static class ErrorAnswer
{
    // An error page is not a place to page through; what matters is at its beginning.
    private const int MaxExcerpt = 2000;

    public static ToolAnswer Read(UpstreamResponse response, UpstreamCall call)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{call.Request.Origin} answered HTTP {response.Status}{Reason(response)} to {call.Plan.Method} "
                + $"{call.Plan.Tool.Endpoint[(call.Plan.Method.Length + 1)..]}."
        );
        if (call.Budget.Attempts > 1)
            text.Append(CultureInfo.InvariantCulture, $" It was tried {call.Budget.Attempts} times.");
        JsonText? body = null;
        var details = Details(response, ref body);
        if (details.Length > 0)
            text.Append('\n').Append(details);
        if (response.Status is >= 300 and < 400 && response.Location is { } location)
            text.Append('\n').Append(Redirect(location, call.Request.Origin));
        if (Advice(response, call) is { } advice)
            text.Append('\n').Append(advice);
        // Only these two say that the arguments were the fault (RFC 9110 sections 15.5.1, 15.5.21).
        var warnings = response.Status is 400 or 422 ? call.Warnings : [];
        if (warnings.Count > 0)
            text.Append("\nThe arguments do not fit the tool's schema, which may be why:")
                .Append(SchemaWarningText.Lines(warnings));
        if (response.RetryAfterSeconds is { } seconds)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nTry again after {seconds} s (retry_after_seconds: {seconds})."
            );
        return new ToolAnswer
        {
            IsError = true,
            Status = response.Status,
            Detail = details.Length > 0 ? details : null,
            Content = [new AnswerContent.Text(text.ToString())],
            Structured = Structured(response, body, warnings),
        };
    }

    private static string Details(UpstreamResponse response, ref JsonText? body)
    {
        if (response.Body.Length == 0)
            return "";
        var essence = response.ContentType is null ? "" : MediaTypes.Essence(response.ContentType);
        if (essence.Length > 0 && !MediaTypes.IsText(essence))
            return "";
        var utf8 = response.Body;
        var text = Encoding.UTF8.GetString(utf8.Span);
        if (essence is "text/html" or "application/xhtml+xml")
            return UntrustedText.Shorten(HtmlText.Line(text), MaxExcerpt);
        try
        {
            using var document = JsonDocument.Parse(utf8);
            body = new JsonText(utf8);
            var problem = ProblemText.Read(document.RootElement);
            return UntrustedText.Shorten(problem.Length > 0 ? problem : UntrustedText.CleanMultiline(text), MaxExcerpt);
        }
        catch (JsonException)
        {
            return UntrustedText.Shorten(UntrustedText.CleanMultiline(text), MaxExcerpt);
        }
    }

    private static string? Advice(UpstreamResponse response, UpstreamCall call) =>
        response.Status switch
        {
            401 when call.Credentials.Uses.Count == 0 => "The request had no credential.",
            401 => $"The credential of '{call.Plan.Connector.Name}' was refused; it may be wrong or expired. Renew it.",
            403 => "The credential is valid, but does not permit this.",
            _ => null,
        };

    private static string Reason(UpstreamResponse response) =>
        string.IsNullOrEmpty(response.ReasonPhrase)
            ? ""
            : $" {UntrustedText.Shorten(UntrustedText.Clean(response.ReasonPhrase), 80)}";

    // The whole target is among the answer's headers.
    private static string Redirect(string location, Origin own)
    {
        if (
            !Uri.TryCreate(new Uri(own.ToString()), location, out var target)
            || !Origin.TryParse(target.OriginalString, out var origin)
            || origin != own
        )
            return $"It redirects to another origin, which is not followed: credentials and data are meant for {own} "
                + $"alone. If the API has moved, change base_url in the manifest or import it again.";
        return "It redirects to another path of the same origin; only GET and HEAD follow redirects.";
    }

    private static JsonText Structured(
        UpstreamResponse response,
        JsonText? body,
        IReadOnlyList<SchemaViolation> warnings
    )
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, RelaxedJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", response.Status);
            if (response.RetryAfterSeconds is { } seconds)
                writer.WriteNumber("retry_after_seconds", seconds);
            if (warnings.Count > 0)
                SchemaWarningText.Write(writer, warnings);
            if (body is { } json)
            {
                writer.WritePropertyName("body");
                json.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return new JsonText(output.WrittenMemory);
    }
}
