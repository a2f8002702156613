using System.Text.Json;
using McpRuntime.Http.Logging;

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
        await using (var writer = new Utf8JsonWriter(response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "urn:mcp-runtime:problem:" + problem.Kind);
            writer.WriteString("title"u8, problem.Title);
            writer.WriteNumber("status"u8, problem.Status);
            writer.WriteString("detail"u8, problem.Detail);
            writer.WriteString("correlationId"u8, CorrelationId.Of(context));
            if (problem.Findings.Count > 0)
                WriteFindings(writer, problem.Findings);
            writer.WriteEndObject();
        }
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void WriteFindings(Utf8JsonWriter writer, IReadOnlyList<Diagnostics.Finding> findings)
    {
        writer.WriteStartArray("findings"u8);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, finding.RuleId);
            writer.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
            writer.WriteString("message"u8, finding.Message);
            writer.WriteString("pointer"u8, finding.Pointer);
            if (finding.Line is { } line)
                writer.WriteNumber("line"u8, line);
            if (finding.Column is { } column)
                writer.WriteNumber("column"u8, column);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
