using System.Buffers;
using System.Text.Json;

namespace McpRuntime.Benchmarks.Floor;

/// <summary>
/// The loop that one would write by hand for one tool: it parses each line, asks the API with HttpClient, and writes
/// the answer as text and as JSON. No checks, no credentials, no limits, no records.
/// </summary>
internal sealed class ProxyLoop(Uri api) : IDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 256,
            UseCookies = false,
            UseProxy = false,
        }
    )
    {
        BaseAddress = api,
    };
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Lock _writing = new();

    public void Run()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line)
            _ = AnswerAsync(line);
    }

    public void Dispose() => _client.Dispose();

    private async Task AnswerAsync(string line)
    {
        using var message = JsonDocument.Parse(line);
        if (!message.RootElement.TryGetProperty("id", out var id))
            return;
        var output = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("id"u8);
        id.WriteTo(writer);
        writer.WriteStartObject("result"u8);
        if (message.RootElement.GetProperty("method"u8).ValueEquals("tools/call"u8))
        {
            var parameters = message.RootElement.GetProperty("params"u8);
            var item = parameters.GetProperty("arguments"u8).GetProperty("id"u8).GetInt64();
            await CallAsync(writer, item);
        }
        else
        {
            writer.WriteString("protocolVersion"u8, "2025-11-25"u8);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        output.Write("\n"u8);
        lock (_writing)
        {
            _output.Write(output.WrittenSpan);
            _output.Flush();
        }
    }

    private async Task CallAsync(Utf8JsonWriter writer, long item)
    {
        using var answer = await _client.GetAsync(new Uri($"/items/{item}", UriKind.Relative));
        var body = await answer.Content.ReadAsByteArrayAsync();
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, body);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WritePropertyName("structuredContent"u8);
        writer.WriteRawValue(body);
    }
}
