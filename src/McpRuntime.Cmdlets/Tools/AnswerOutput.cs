using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Cmdlets.Engine;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A tool's answer as PowerShell's objects, text or errors.</summary>
internal static class AnswerOutput
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Objects of JSON, one a list item; otherwise text, and bytes with their media type.</summary>
    public static IEnumerable<object?> Objects(ToolAnswer answer)
    {
        if (Json(answer) is { } json)
            return json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().Select(JsonObjects.From) : [JsonObjects.From(json)];
        return answer.Content.Select(object (block) => block switch
        {
            AnswerContent.Text text => text.Value,
            AnswerContent.Image image => new McpContent(image.MediaType, image.Data.ToArray()),
            AnswerContent.Audio audio => new McpContent(audio.MediaType, audio.Data.ToArray()),
            AnswerContent.Blob blob => new McpContent(blob.MediaType, blob.Data.ToArray()),
            _ => "",
        });
    }

    /// <summary>The text exactly as it came.</summary>
    public static string Raw(ToolAnswer answer) => string.Join("\n", answer.Content.OfType<AnswerContent.Text>().Select(text => text.Value));

    /// <summary>Readable JSON; an answer that is none becomes a JSON string.</summary>
    public static string AsJson(ToolAnswer answer)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            if (Json(answer) is { } json)
                json.WriteTo(writer);
            else
                writer.WriteStringValue(Raw(answer));
        }
        return System.Text.Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    /// <summary>The error of an answer that is one.</summary>
    public static ErrorRecord Error(McpTool tool, ToolAnswer answer)
    {
        var response = answer.Structured is { } structured ? JsonObjects.From(structured.ToElement()) : null;
        var message = Diagnostics.UntrustedText.ForTerminal(Raw(answer), keepLines: true);
        var exception = new McpToolException(tool.Name, message, answer.Status, response);
        var (id, category) = Kind(answer);
        return new ErrorRecord(exception, id, category, tool);
    }

    private static (string Id, ErrorCategory Category) Kind(ToolAnswer answer) => (answer.Failure, answer.Status) switch
    {
        (ToolFailure.Timeout, _) => (ErrorId.UpstreamTimeout, ErrorCategory.OperationTimeout),
        (ToolFailure.Unreachable, _) => (ErrorId.UpstreamUnreachable, ErrorCategory.ConnectionError),
        (_, 401) => (ErrorId.UpstreamUnauthorized, ErrorCategory.AuthenticationError),
        (_, 403) => (ErrorId.UpstreamUnauthorized, ErrorCategory.PermissionDenied),
        (_, 404 or 410) => (ErrorId.UpstreamRefused, ErrorCategory.ObjectNotFound),
        (_, 408 or 504) => (ErrorId.UpstreamTimeout, ErrorCategory.OperationTimeout),
        (_, 409) => (ErrorId.UpstreamRefused, ErrorCategory.ResourceExists),
        (_, 429) => (ErrorId.UpstreamRefused, ErrorCategory.LimitsExceeded),
        (_, >= 500) => (ErrorId.UpstreamFailed, ErrorCategory.ResourceUnavailable),
        (_, not null) => (ErrorId.UpstreamRefused, ErrorCategory.InvalidArgument),
        _ => (ErrorId.ToolCallFailed, ErrorCategory.InvalidArgument),
    };

    private static JsonElement? Json(ToolAnswer answer)
    {
        if (answer.Structured is { } structured)
            return structured.ToElement();
        if (answer.Content is not [AnswerContent.Text only] || only.Value.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;
        try
        {
            return JsonElement.Parse(only.Value);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
