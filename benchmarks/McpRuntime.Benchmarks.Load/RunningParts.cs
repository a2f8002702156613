using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace McpRuntime.Benchmarks.Load;

/// <summary>The upstream and the gateway as processes of their own, with a token of the role user.</summary>
internal sealed class RunningParts : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly string _home = Directory.CreateTempSubdirectory("mcp-runtime-load-").FullName;

    public Uri Upstream { get; private set; } = null!;

    public Uri Gateway { get; private set; } = null!;

    public Process GatewayProcess { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public static async Task<RunningParts> StartAsync()
    {
        var parts = await StartUpstreamAsync();
        var (process, line) = await parts.StartProcessAsync(
            Path.Combine(AppContext.BaseDirectory, "mcp-runtime-http"),
            ["--parent", "--port", "0"],
            new(parts.Settings)
            {
                ["MCP_RUNTIME_RATE_LIMIT_REQUESTS_PER_MINUTE"] = "0",
                ["MCP_RUNTIME_AUTHENTICATION"] = "required",
                ["MCP_RUNTIME_MAX_SESSIONS"] = "100000",
                ["MCP_RUNTIME_MAX_SESSIONS_PER_CALLER"] = "100000",
            }
        );
        parts.GatewayProcess = process;
        var greeting = JsonElement.Parse(line);
        parts.Gateway = new Uri(greeting.GetProperty("url").GetString()!);
        parts.Token = greeting.GetProperty("token").GetString()!;
        return parts;
    }

    /// <summary>The upstream alone, with the connector of its tool in a folder.</summary>
    public static async Task<RunningParts> StartUpstreamAsync()
    {
        var parts = new RunningParts();
        parts.Upstream = new Uri((await parts.StartSelfAsync("upstream")).Url);
        Directory.CreateDirectory(parts.Connectors);
        await File.WriteAllTextAsync(Path.Combine(parts.Connectors, "shop.yaml"), Manifest(parts.Upstream));
        return parts;
    }

    /// <summary>Starts the server of standard input and output.</summary>
    public Process StartStdio() => StartProcess(Built("Serve"), ["serve"], Settings);

    /// <summary>Starts the loop by hand.</summary>
    public Process StartStdioFloor() => StartProcess(Built("Floor"), ["proxy", Upstream.AbsoluteUri], []);

    /// <summary>Starts this program as one of its parts and returns its URL.</summary>
    public async Task<(string Url, Process Process)> StartSelfAsync(params string[] arguments)
    {
        var (process, line) = await StartProcessAsync(Environment.ProcessPath!, arguments, []);
        return (line, process);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(_home, recursive: true);
    }

    private static string Built(string program) =>
        typeof(RunningParts)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(built => built.Key == program)
            .Value!;

    private string Connectors => Path.Combine(_home, "connectors");

    private Dictionary<string, string> Settings =>
        new()
        {
            ["MCP_RUNTIME_DATA_DIR"] = Path.Combine(_home, "data"),
            ["MCP_RUNTIME_CACHE_DIR"] = Path.Combine(_home, "cache"),
            ["MCP_RUNTIME_CONNECTORS_DIR"] = Connectors,
            ["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8",
            ["MCP_RUNTIME_LOG_LEVEL"] = "warning",
            ["MCP_RUNTIME_MAX_CONCURRENT_CONNECTORS"] = "1000",
        };

    private async Task<(Process Process, string Line)> StartProcessAsync(
        string file,
        string[] arguments,
        Dictionary<string, string> environment
    )
    {
        var process = StartProcess(file, arguments, environment);
        return (
            process,
            await process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"{file} did not start.")
        );
    }

    private Process StartProcess(string file, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    private static string Manifest(Uri api) =>
        $$"""
            connector:
              manifest_version: 2
              name: shop
              version: 1.0.0
              base_url: {{api.AbsoluteUri.TrimEnd('/')}}
              tools:
              - name: get_item
                description: Reads one item.
                endpoint: GET /items/{id}
                arguments:
                  id: { in: path, name: id, style: simple, explode: false }
                input_schema: { type: object, properties: { id: { type: integer } }, required: [id] }
            """;
}
