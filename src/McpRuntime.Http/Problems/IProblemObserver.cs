namespace McpRuntime.Http.Problems;

/// <summary>Is told of each problem before it is written, and may add header fields to the response.</summary>
internal interface IProblemObserver
{
    void BeforeWrite(HttpContext context, Problem problem);
}
