using System.Diagnostics;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace McpRuntime.Http.Tests.Storage;

/// <summary>PostgreSQL from the system's packages, started once for all tests where it is installed.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // The server refuses to run as root; the package brings a user for it.
    private static readonly bool IsRoot = OperatingSystem.IsLinux() && Environment.UserName == "root";

    private const string Debian = "/usr/lib/postgresql";

    private Process? _process;
    private string? _folder;
    private string? _postgres;
    private int _port;

    /// <summary>Why there is none; null when it runs.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (
            Find("initdb") is not { } initdb
            || Find("postgres") is not { } postgres
            || (IsRoot && !File.Exists("/usr/sbin/runuser"))
        )
        {
            Missing = $"PostgreSQL is not installed: initdb and postgres are neither on the path nor in {Debian}.";
            return;
        }
        _folder = Path.Combine("/tmp", $"mcp-runtime-pg-{Guid.NewGuid():N}");
        var made = await RunAsync(initdb, "-D", _folder, "-A", "trust", "-U", "gateway", "-N");
        if (made.ExitCode != 0)
        {
            Missing = $"initdb failed: {made}";
            return;
        }
        _port = FreePort.Take();
        _postgres = postgres;
        Start(postgres);
    }

    /// <summary>Sends a signal to the server and all processes of its connections.</summary>
    internal async Task SignalAsync(string signal)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(_folder!, "postmaster.pid")))[0];
        // A connection that it accepts meanwhile would not be among its children.
        if (signal == "STOP")
            await ProcessRunner.RunAsync("/bin/kill", ["-STOP", server]);
        var children = await File.ReadAllTextAsync($"/proc/{server}/task/{server}/children");
        var all = children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(server);
        // runuser stops with its child, and would not notice the child's end.
        if (signal == "CONT")
            all = all.Append($"{_process!.Id}");
        await ProcessRunner.RunAsync("/bin/kill", [$"-{signal}", .. all]);
    }

    /// <summary>As a server that crashes: connections end at once.</summary>
    internal async Task StopAsync()
    {
        await SignalAsync("QUIT");
        await _process!.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Starts it again after a stop, on the same port.</summary>
    internal void Restart() => Start(_postgres!);

    /// <summary>A new, empty database; skips the test where there is no server.</summary>
    internal async Task<string> CreateDatabaseAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var name = $"t{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={_port};Username=gateway;Database=postgres;Pooling=false"
        );
        using var guard = new CancellationTokenSource(ProcessRunner.HangGuard);
        while (true)
        {
            try
            {
                await using var command = source.CreateCommand($"CREATE DATABASE {name}");
                await command.ExecuteNonQueryAsync();
                return $"postgres://gateway@127.0.0.1:{_port}/{name}";
            }
            catch (NpgsqlException) when (!guard.IsCancellationRequested)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        if (_folder is not null)
            await RunAsync("rm", "-rf", _folder);
    }

    private void Start(string postgres)
    {
        string[] arguments =
        [
            "-D",
            _folder!,
            "-p",
            $"{_port}",
            "-k",
            _folder!,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
        ];
        _process = IsRoot
            ? ProcessRunner.Start(
                "/usr/sbin/runuser",
                ["-u", "postgres", "--", postgres, .. arguments],
                workingDirectory: "/tmp"
            )
            : ProcessRunner.Start(postgres, arguments);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    private static Task<ProcessOutput> RunAsync(string command, params string[] arguments) =>
        IsRoot
            ? ProcessRunner.RunAsync(
                "/usr/sbin/runuser",
                ["-u", "postgres", "--", command, .. arguments],
                workingDirectory: "/tmp"
            )
            : ProcessRunner.RunAsync(command, arguments);

    // Debian keeps the server's programs away from the path.
    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(
                Directory.Exists(Debian)
                    ? Directory.GetDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin"))
                    : []
            )
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
