using System.Text.Json;
using McpRuntime.Http.Logging;
using McpRuntime.Json;

namespace McpRuntime.Http.Problems;

/// <summary>Writes <see cref="Problem"/> as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class ProblemWriter
{
    /// <summary>Writes the response, after every <see cref="IProblemObserver"/> was told.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        foreach (var observer in context.RequestServices.GetServices<IProblemObserver>())
            observer.BeforeWrite(context, problem);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, ReadableJson.OneLine))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "urn:mcp-runtime:problem:" + problem.Kind);
            writer.WriteString("title"u8, problem.Title);
            writer.WriteNumber("status"u8, problem.Status);
            writer.WriteString("detail"u8, problem.Detail);
            writer.WriteString("correlationId"u8, CorrelationId.Of(context));
            if (problem.Findings.Count > 0)
                FindingsJson.Write(writer, problem.Findings);
            writer.WriteEndObject();
        }
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
