using System.Diagnostics;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>A gateway in a process of its own, which can be killed and started again on its port.</summary>
internal sealed class ReplicaProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "mcp-runtime-http");

    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string?> _variables;
    private Process? _process;

    /// <param name="variables">Settings without their prefix.</param>
    public ReplicaProcess(params (string Name, string Value)[] variables)
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        _variables = variables.ToDictionary(one => "MCP_RUNTIME_" + one.Name, one => (string?)one.Value);
        _variables["MCP_RUNTIME_PORT"] = $"{Url.Port}";
        _variables["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data");
        _variables["MCP_RUNTIME_CACHE_DIR"] = _home.PathOf("cache");
        Anonymous = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Anonymous { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        _process = ProcessRunner.Start(Executable, [], _variables, _home.Path);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.IsAsync(true, () => Nginx.IsReadyAsync(Anonymous));
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>As a service manager stops it.</summary>
    public async Task StopAsync()
    {
        await ProcessRunner.RunAsync("/bin/kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs another command of the executable, with the settings of this one.</summary>
    public Task<ProcessOutput> RunAsync(params string[] arguments) =>
        ProcessRunner.RunAsync(
            Executable,
            arguments,
            _variables,
            workingDirectory: _home.Path,
            cancellationToken: TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        _home.Dispose();
    }
}
