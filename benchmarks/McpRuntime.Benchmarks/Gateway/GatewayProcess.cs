using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpRuntime.Benchmarks.Stdio;

namespace McpRuntime.Benchmarks.Gateway;

/// <summary>A gateway under measurement, and a client with its token.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    // The client's own start is not measured: what it compiles, it compiles for the first gateway.
    private static readonly HttpClient Client = new();

    private readonly Process _process;
    private readonly Uri _endpoint;
    private readonly string _token;
    private string? _session;

    private GatewayProcess(Process process, long started, JsonElement greeting)
    {
        _process = process;
        Started = started;
        _endpoint = new Uri(new Uri(greeting.GetProperty("url").GetString()!), "/mcp");
        _token = greeting.GetProperty("token").GetString()!;
    }

    /// <summary>Just before the process was started.</summary>
    public long Started { get; }

    public static async Task<GatewayProcess> StartAsync(string executable, string connectors, string folder)
    {
        var start = new ProcessStartInfo(executable, ["--parent", "--port", "0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_RUNTIME_CONNECTORS_DIR"] = connectors;
        start.Environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(folder, "data");
        start.Environment["MCP_RUNTIME_CACHE_DIR"] = Path.Combine(folder, "cache");
        start.Environment["MCP_RUNTIME_LOG_LEVEL"] = "warning";
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var greeting = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The gateway did not start.");
        return new GatewayProcess(process, started, JsonElement.Parse(greeting));
    }

    public async Task InitializeAsync()
    {
        using var answer = await PostAsync(ServerProcess.Initialize);
        _session = answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    public async Task ListAsync()
    {
        using var answer = await PostAsync(ServerProcess.List);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<HttpResponseMessage> PostAsync(string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (_session is not null)
            request.Headers.Add("Mcp-Session-Id", _session);
        var answer = await Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return answer;
    }
}
