using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Browser.Tests;

/// <summary>The built gateway on a free port, with its own folders.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http"
    );

    private readonly TemporaryFolder _home;
    private readonly Process _process;

    private GatewayProcess(TemporaryFolder home, Process process, string url, string token)
    {
        _home = home;
        _process = process;
        Url = url;
        Token = token;
    }

    public string Url { get; }

    /// <summary>May do everything.</summary>
    public string Token { get; }

    /// <param name="connector">The manifest of a connector that works; next to it is one that is broken. Null for an
    /// empty folder.</param>
    /// <param name="cancellationToken">Ends the wait for its start.</param>
    /// <param name="settings">Further variables, for files in its home.</param>
    public static async Task<GatewayProcess> StartAsync(
        string? connector,
        CancellationToken cancellationToken,
        Func<TemporaryFolder, IEnumerable<(string Name, string Value)>>? settings = null
    )
    {
        var home = new TemporaryFolder();
        if (connector is not null)
        {
            home.Write("connectors/shop.yaml", connector);
            home.Write("connectors/broken.yaml", "connector: { name: broken, tools: 7 }");
        }
        var variables = new Dictionary<string, string?>
        {
            ["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors"),
            ["MCP_RUNTIME_DATA_DIR"] = home.PathOf("data"),
            ["MCP_RUNTIME_CACHE_DIR"] = home.PathOf("cache"),
            ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8",
            ["MCP_RUNTIME_KEY_RING_KEY_FILE"] = KeyFile(home),
        };
        foreach (var (name, value) in settings?.Invoke(home) ?? [])
            variables["MCP_RUNTIME_" + name] = value;
        var process = ProcessRunner.Start(Executable, ["--parent", "--port", "0"], variables, home.Path);
        process.BeginErrorReadLine();
        var greeting = await process
            .StandardOutput.ReadLineAsync(cancellationToken)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, cancellationToken);
        var told = JsonElement.Parse(
            greeting ?? throw new InvalidOperationException("The gateway ended before it told its URL.")
        );
        return new GatewayProcess(
            home,
            process,
            told.GetProperty("url").GetString()!,
            told.GetProperty("token").GetString()!
        );
    }

    /// <summary>Sends what a test needs to be there, with <see cref="Token"/>; it must go well.</summary>
    public async Task<JsonElement> PostAsync(string path, string body, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        // It ends with its standard input.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(ProcessRunner.HangGuard);
        _process.Dispose();
        _home.Dispose();
    }

    // Only its owner may read it, or the gateway refuses it.
    private static string KeyFile(TemporaryFolder home)
    {
        var path = home.Write("key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
