using System.Diagnostics;
using System.Text;

namespace McpRuntime.Testing;

/// <summary>The built <c>mcp-runtime</c> with a connectors folder and a data folder of its own.</summary>
/// <param name="executable">Null: the one next to the running test; the test project references it.</param>
public sealed class McpRuntimeProcess(string? executable = null) : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly string _executable = executable ?? Executable;

    /// <summary>The executable next to the running test; the test project references it.</summary>
    public static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mcp-runtime.exe" : "mcp-runtime");

    public string ConnectorsFolder => _home.PathOf("connectors");

    public string DataFolder => _home.PathOf("data");

    public string CacheFolder => _home.PathOf("cache");

    /// <summary>Further environment variables of every run; null removes one.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>Puts a manifest into the connectors folder and returns its path.</summary>
    public string AddConnector(string name, string yaml) => _home.Write($"connectors/{name}.yaml", yaml);

    /// <summary>Runs a command to its end.</summary>
    public Task<ProcessOutput> RunAsync(
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        string? input = null
    ) =>
        ProcessRunner.RunAsync(
            _executable,
            arguments,
            Variables(),
            Encoding.UTF8.GetBytes(input ?? ""),
            _home.Path,
            cancellationToken: cancellationToken
        );

    /// <summary>Starts a command, such as <c>serve</c>, to talk to; the caller ends and disposes it.</summary>
    public Process Start(params IEnumerable<string> arguments) =>
        ProcessRunner.Start(_executable, arguments, Variables(), _home.Path);

    /// <summary>
    /// Starts a program at a terminal that shows what is typed (script of util-linux): standard input is the keyboard,
    /// standard output the screen.
    /// </summary>
    public Process StartOnTerminal(params IEnumerable<string> command) =>
        ProcessRunner.Start(
            "script",
            ["-qfe", "-E", "always", "-c", string.Join(' ', command.Select(Quoted)), "/dev/null"],
            Variables(),
            _home.Path
        );

    public void Dispose() => _home.Dispose();

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private Dictionary<string, string?> Variables() =>
        new(Environment)
        {
            ["MCP_RUNTIME_CONNECTORS_DIR"] = Environment.GetValueOrDefault(
                "MCP_RUNTIME_CONNECTORS_DIR",
                ConnectorsFolder
            ),
            // A machine may stop for longer than a call's usual time.
            ["MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS"] = Environment.GetValueOrDefault(
                "MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS",
                "300"
            ),
            // A developer's keyring is not for tests.
            ["MCP_RUNTIME_CREDENTIAL_STORE"] = Environment.GetValueOrDefault("MCP_RUNTIME_CREDENTIAL_STORE", "file"),
            ["MCP_RUNTIME_DATA_DIR"] = Environment.GetValueOrDefault("MCP_RUNTIME_DATA_DIR", DataFolder),
            ["MCP_RUNTIME_CACHE_DIR"] = Environment.GetValueOrDefault("MCP_RUNTIME_CACHE_DIR", CacheFolder),
        };
}
