using System.Globalization;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>An answer of <see cref="RecordingUpstream"/>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Sent as it is, with a <c>Content-Length</c> unless <paramref name="Headers"/> bring one or a
/// <c>Transfer-Encoding</c>.</param>
/// <param name="Headers">Header lines, e.g. <c>Content-Type: text/plain</c>.</param>
public sealed record UpstreamAnswer(int Status, byte[] Body, params IReadOnlyList<string> Headers)
{
    public static UpstreamAnswer Json(string json, int status = 200) =>
        new(status, Encoding.UTF8.GetBytes(json), "Content-Type: application/json");

    public static UpstreamAnswer Text(
        string text,
        int status = 200,
        string contentType = "text/plain; charset=utf-8"
    ) => new(status, Encoding.UTF8.GetBytes(text), $"Content-Type: {contentType}");

    public static UpstreamAnswer Empty(int status = 204) => new(status, []);

    public static UpstreamAnswer Redirect(string location, int status = 302) =>
        new(status, [], $"Location: {location}");

    /// <summary>The answer on the wire.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Status\r\n");
        foreach (var line in Headers)
            head.Append(line).Append("\r\n");
        if (Status != 204 && !Has("Content-Length") && !Has("Transfer-Encoding"))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body];
    }

    private bool Has(string name) =>
        Headers.Any(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
}
