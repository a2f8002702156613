using System.Diagnostics;
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

    /// <param name="connector">The manifest of a connector that works; next to it is one that is broken.</param>
    /// <param name="cancellationToken">Ends the wait for its start.</param>
    /// <param name="settings">Further variables, for files in its home.</param>
    public static async Task<GatewayProcess> StartAsync(
        string connector,
        CancellationToken cancellationToken,
        Func<TemporaryFolder, IEnumerable<(string Name, string Value)>>? settings = null
    )
    {
        var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", connector);
        home.Write("connectors/broken.yaml", "connector: { name: broken, tools: 7 }");
        var variables = new Dictionary<string, string?>
        {
            ["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors"),
            ["MCP_RUNTIME_DATA_DIR"] = home.PathOf("data"),
            ["MCP_RUNTIME_CACHE_DIR"] = home.PathOf("cache"),
            ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8",
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

    public async ValueTask DisposeAsync()
    {
        // It ends with its standard input.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(ProcessRunner.HangGuard);
        _process.Dispose();
        _home.Dispose();
    }
}
