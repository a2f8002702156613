using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Where a user is on the way to an account.</summary>
internal enum ConnectStep
{
    Proof,
    Choice,
    Done,
}

/// <summary>One page.</summary>
/// <param name="Title">Text.</param>
/// <param name="Html">What follows the title, its texts encoded.</param>
internal sealed record PageContent(string Title, string Html)
{
    /// <summary>Null for a page beside the way.</summary>
    public ConnectStep? Step { get; init; }

    /// <summary>Where forms of the page may lead; browsers count redirects too.</summary>
    public string FormTargets { get; init; } = "'none'";
}

/// <summary>Writes the pages: static HTML without a script, and nothing from elsewhere.</summary>
internal static class ConnectPage
{
    private const string StartAgain =
        "This browser has no sign-in under way here, or it has ended. Call the tool again to get a new link, and open "
        + "it in this browser.";

    private static readonly string StyleHash =
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ConnectStyle.Text)));

    /// <summary>As text within HTML.</summary>
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>Names and values, a line each.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"<dl>{string.Concat(facts.Select(fact => $"<dt>{Text(fact.Name)}</dt><dd>{Text(fact.Value)}</dd>"))}</dl>";

    /// <summary>A remark.</summary>
    public static string Note(string text) => $"<p class=\"note\">{Text(text)}</p>";

    /// <summary>What went wrong; screen readers say it at once.</summary>
    public static string Notice(string text) => $"<p class=\"notice\" role=\"alert\">{Text(text)}</p>";

    /// <summary>A form that sends the session's value.</summary>
    public static string Form(string action, string formValue, string button, bool isDanger = false) =>
        $"<form method=\"post\" action=\"{Text(action)}\">"
        + $"<input type=\"hidden\" name=\"value\" value=\"{Text(formValue)}\">"
        + $"<button{(isDanger ? " class=\"danger\"" : "")}>{Text(button)}</button></form>";

    public static string DisconnectForm(ConnectSession session) =>
        Form(
            ConnectPaths.Of(ConnectPaths.Disconnect, session.Id),
            session.FormValue,
            "Disconnect this account",
            isDanger: true
        );

    public static Task NotFoundAsync(HttpContext context) =>
        FailAsync(
            context,
            404,
            "Nothing here",
            "This link is unknown, was used, or has expired. Call the tool again to get a new one."
        );

    public static Task StartAgainAsync(HttpContext context) => FailAsync(context, 403, "Start again", StartAgain);

    public static Task FailAsync(HttpContext context, int status, string title, string fault) =>
        WriteAsync(context, status, new PageContent(title, Notice(fault)));

    public static Task WriteAsync(HttpContext context, int status, PageContent page)
    {
        var body = Encoding.UTF8.GetBytes(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + $"<title>{Text(page.Title)}</title><style>{ConnectStyle.Text}</style></head>"
                + $"<body><header>McpRuntime</header><main>{Way(page.Step)}<h1>{Text(page.Title)}</h1>"
                + $"{page.Html}</main></body></html>\n"
        );
        var response = context.Response;
        response.StatusCode = status;
        Protect(context);
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{StyleHash}'; base-uri 'none'; frame-ancestors 'none'; "
            + $"form-action {page.FormTargets}";
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Goes on elsewhere, by GET.</summary>
    public static Task GoAsync(HttpContext context, string location)
    {
        Protect(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static string Way(ConnectStep? here)
    {
        if (here is not { } step)
            return "";
        var names = new[] { "You", "The account", "Done" };
        var items = names.Select(
            (name, i) =>
                i == (int)step ? $"<li aria-current=\"step\">{name}</li>"
                : i < (int)step ? $"<li class=\"past\">{name}</li>"
                : $"<li>{name}</li>"
        );
        return $"<ol aria-label=\"Steps\">{string.Concat(items)}</ol>";
    }

    private static void Protect(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
