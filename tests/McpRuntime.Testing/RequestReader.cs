using System.Globalization;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>Reads HTTP/1.1 requests off a stream (RFC 9112) and keeps every byte.</summary>
internal sealed class RequestReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _position;
    private int _filled;

    /// <summary>The next request; null when the peer closed the connection between requests.</summary>
    public async Task<RecordedRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        while (!EndsWithEmptyLine(head))
        {
            if (await NextAsync(cancellationToken) is not { } value)
                return head.Count == 0 ? null : throw new EndOfStreamException("The request's head was cut off.");
            head.Add(value);
        }
        var request = new RecordedRequest([.. head], [], []);
        if (request.Header("Transfer-Encoding").Contains("chunked", StringComparer.OrdinalIgnoreCase))
            return await ReadChunkedAsync(request, cancellationToken);
        var length = request.Header("Content-Length") is [var text, ..]
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : 0;
        var body = await TakeAsync(length, cancellationToken);
        return request with { RawBody = body, Body = body };
    }

    private static bool EndsWithEmptyLine(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';

    private async Task<RecordedRequest> ReadChunkedAsync(RecordedRequest request, CancellationToken cancellationToken)
    {
        var raw = new List<byte>();
        var body = new List<byte>();
        while (true)
        {
            var line = await TakeLineAsync(cancellationToken);
            raw.AddRange(line);
            var digits = Encoding.ASCII.GetString(line).Split(';')[0].Trim();
            var size = int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = await TakeAsync(size, cancellationToken);
            raw.AddRange(chunk);
            body.AddRange(chunk);
            raw.AddRange(await TakeLineAsync(cancellationToken));
            if (size == 0)
                return request with { RawBody = [.. raw], Body = [.. body] };
        }
    }

    private async Task<byte[]> TakeLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (line is not [.., (byte)'\r', (byte)'\n'])
            line.Add(await NextAsync(cancellationToken) ?? throw new EndOfStreamException("A chunk was cut off."));
        return [.. line];
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = await NextAsync(cancellationToken)
                ?? throw new EndOfStreamException("The request's body was cut off.");
        return bytes;
    }

    private async ValueTask<byte?> NextAsync(CancellationToken cancellationToken)
    {
        if (_position == _filled)
        {
            _position = 0;
            _filled = await stream.ReadAsync(_buffer, cancellationToken);
            if (_filled == 0)
                return null;
        }
        return _buffer[_position++];
    }
}
