using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>Writes the pages: static HTML without a script, and nothing from elsewhere.</summary>
internal static class ConnectPage
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}"
        + "input,button{font:inherit;padding:.4rem .8rem}input{width:100%;box-sizing:border-box}";

    private static readonly string StyleHash =
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>As text within HTML.</summary>
    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>A form that sends the session's value.</summary>
    public static string Form(string action, string formValue, string button) =>
        $"<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"value\" value=\"{Text(formValue)}\">"
        + $"<button>{Text(button)}</button></form>";

    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="title">Text.</param>
    /// <param name="html">What follows the title, its texts encoded.</param>
    /// <param name="formTargets">Where forms of the page may lead; browsers count redirects too.</param>
    public static Task WriteAsync(
        HttpContext context,
        int status,
        string title,
        string html,
        string formTargets = "'none'"
    )
    {
        var body = Encoding.UTF8.GetBytes(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">"
                + $"<title>{Text(title)}</title><style>{Style}</style></head>"
                + $"<body><h1>{Text(title)}</h1>{html}</body></html>\n"
        );
        var response = context.Response;
        response.StatusCode = status;
        Protect(context);
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{StyleHash}'; base-uri 'none'; frame-ancestors 'none'; "
            + $"form-action {formTargets}";
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

    private static void Protect(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
