namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// The URLs of the pages. Behind the link they carry the id of the session, which is not a secret: a browser may have
/// several under way.
/// </summary>
internal static class ConnectPaths
{
    public const string Root = "/connect";
    public const string Link = Root + "/{ticket}";
    public const string Confirm = Root + "/confirm/{session}";
    public const string Done = Root + "/done/{session}";
    public const string Disconnect = Root + "/disconnect/{session}";

    /// <summary>Providers know it, and send every answer here.</summary>
    public const string Callback = Root + "/callback";

    /// <param name="path">One with a session.</param>
    /// <param name="session"><see cref="ConnectSession.Id"/>.</param>
    public static string Of(string path, string session) =>
        path.Replace("{session}", session, StringComparison.Ordinal);

    /// <summary>The ticket of the request's URL.</summary>
    public static string TicketOf(HttpContext context) => (string)context.Request.RouteValues["ticket"]!;

    /// <summary>The session of the request's URL.</summary>
    public static string SessionOf(HttpContext context) => (string)context.Request.RouteValues["session"]!;
}
