namespace McpRuntime.Http.Authentication;

/// <summary>
/// Finds out who calls. The framework's own services for it would cost a call more than its token does, and keep keys
/// for cookies, which there are none of, in the user's home.
/// </summary>
internal sealed class Authenticate(RequestDelegate next, BearerToken bearer)
{
    private static readonly object FaultKey = new();

    /// <summary>Why the request's token was refused; null where there was none.</summary>
    public static string? FaultOf(HttpContext context) => context.Items.TryGetValue(FaultKey, out var fault) ? (string?)fault : null;

    public Task InvokeAsync(HttpContext context)
    {
        var reading = bearer.ReadAsync(context);
        if (!reading.IsCompletedSuccessfully)
            return WaitAsync(context, reading);
        Accept(context, reading.Result);
        return next(context);
    }

    private async Task WaitAsync(HttpContext context, ValueTask<(Access.Caller?, string?)> reading)
    {
        Accept(context, await reading);
        await next(context);
    }

    private static void Accept(HttpContext context, (Access.Caller? Caller, string? Fault) read)
    {
        if (read.Caller is not null)
            context.User = read.Caller;
        else if (read.Fault is not null)
            context.Items[FaultKey] = read.Fault;
    }
}
