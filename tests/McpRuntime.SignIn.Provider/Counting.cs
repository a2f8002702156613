using System.Collections.Concurrent;

namespace McpRuntime.SignIn.Provider;

/// <summary>Counts what was granted, refused and revoked, for tests to ask for at <c>/counts</c>.</summary>
internal sealed class Counting(RequestDelegate next)
{
    private readonly ConcurrentDictionary<string, int> _counts = [];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path == "/counts")
        {
            await context.Response.WriteAsJsonAsync(_counts);
            return;
        }
        var what = context.Request.Path == "/connect/revoke" ? "revoked" : null;
        if (context.Request.Path == "/connect/token" && context.Request.HasFormContentType)
            what = (await context.Request.ReadFormAsync()).TryGetValue("grant_type", out var grant) ? grant : "none";
        // Before its client has the answer and may ask for the counts.
        if (what is not null)
            context.Response.OnStarting(() => CountAsync(what, context.Response.StatusCode));
        await next(context);
    }

    private Task CountAsync(string what, int status)
    {
        var name = status == StatusCodes.Status200OK ? what : $"{what} refused";
        _counts.AddOrUpdate(name, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }
}
