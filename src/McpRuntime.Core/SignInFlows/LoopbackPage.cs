using System.Globalization;
using System.Text;

namespace McpRuntime.SignInFlows;

/// <summary>What the browser is answered: text alone, nothing from elsewhere, and no referrer.</summary>
internal static class LoopbackPage
{
    public const string DonePath = "/done";

    private const string Fields =
        "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        + "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        + "Connection: close\r\n";

    public static byte[] Done { get; } =
        Page("200 OK", "Back to the program", "The answer has arrived. Close this page; the program says how it went.");

    public static byte[] NotFound { get; } =
        Page("404 Not Found", "Nothing here", "This address is not part of a sign-in that is under way.");

    public static byte[] To(string location) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\n{Fields}Content-Length: 0\r\n\r\n");

    private static byte[] Page(string status, string title, string text)
    {
        var body = $"<!doctype html><html lang=\"en\"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>\n";
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{Fields}Content-Length: {length}\r\n\r\n{body}");
    }
}
