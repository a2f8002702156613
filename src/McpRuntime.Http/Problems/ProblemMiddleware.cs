using System.Data.Common;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Problems;

/// <summary>Turns what goes wrong below into a problem; what no one foresaw says nothing about itself.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is no one to answer.
        }
        catch (Exception exception)
        {
            var problem = Explain(context, exception);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await ProblemWriter.WriteAsync(context, problem);
        }
    }

    private Problem Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException bad:
                return bad.StatusCode switch
                {
                    413 => new(413, "body-too-large", "The body is too large", bad.Message),
                    408 => new(408, "body-too-slow", "The body arrived too slowly", bad.Message),
                    var status => new(status, "invalid-request", "The request is invalid", bad.Message),
                };
            case FindingsException findings:
                return new(
                    422,
                    "invalid-document",
                    "The document cannot be used",
                    $"{CountText.Of(findings.Findings.Count, "finding")}."
                )
                {
                    Findings = findings.Findings,
                };
            case McpRuntimeException explained:
                return new(422, "refused", "The request cannot be completed", explained.Message);
            case DbException:
                logger.LogError(exception, "The database failed.");
                return Problem.Unavailable("The database is unavailable, so nothing was changed; try again later.");
            case SilentDatabaseException:
                logger.LogError(exception, "The database does not answer.");
                // Not 503, after which balancers may repeat the request.
                return new(
                    504,
                    "database-silent",
                    "The database does not answer",
                    "Look whether the change was made before you try again."
                );
            default:
                logger.LogError(
                    exception,
                    "{Method} {Path} failed.",
                    context.Request.Method,
                    UntrustedText.Clean(context.Request.Path)
                );
                return new(500, "internal", "Internal error", "See the log; it has the correlation id.");
        }
    }
}
