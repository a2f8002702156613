using System.Text;

namespace McpRuntime.Testing;

/// <summary>One HTTP/1.1 request as it came over the wire.</summary>
/// <param name="Head">The bytes up to and including the empty line.</param>
/// <param name="RawBody">The bytes after it, chunk framing included.</param>
/// <param name="Body">The body without chunk framing.</param>
public sealed record RecordedRequest(byte[] Head, byte[] RawBody, byte[] Body)
{
    private readonly string[] _lines = Encoding
        .Latin1.GetString(Head)
        .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Everything, to compare with bytes written by hand; one char a byte.</summary>
    public string Text => Encoding.Latin1.GetString(Head) + Encoding.Latin1.GetString(RawBody);

    /// <summary><c>GET /a?b=c HTTP/1.1</c>.</summary>
    public string RequestLine => _lines[0];

    public string Method => RequestLine.Split(' ')[0];

    /// <summary>Path and query exactly as sent.</summary>
    public string Target => RequestLine.Split(' ')[1];

    /// <summary>The header lines in their order, e.g. <c>Accept: application/json</c>.</summary>
    public IReadOnlyList<string> HeaderLines => _lines[1..];

    /// <summary>The body as UTF-8.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>Every value of a header, in order.</summary>
    public IReadOnlyList<string> Header(string name) =>
        [
            .. HeaderLines
                .Select(line => line.Split(':', 2))
                .Where(parts => parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(parts => parts[1].Trim()),
        ];
}
