using System.Threading.Channels;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Registry;
using McpRuntime.Testing;
using McpRuntime.Tests.Server;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Tests.Connectors.Registry;

/// <summary>A registry over its own folder that is followed with short waits; each change is a message.</summary>
internal sealed class RegistryFixture : IDisposable
{
    private static readonly TimeSpan HangGuard = ProcessRunner.HangGuard;

    private readonly TemporaryFolder _root = new();
    private readonly Channel<ConnectorsChangedEventArgs> _changes =
        Channel.CreateUnbounded<ConnectorsChangedEventArgs>();

    public RegistryFixture(bool hotReload = true, TimeSpan? poll = null)
    {
        Options = new ConnectorRegistryOptions
        {
            Folder = Folder,
            HotReload = hotReload,
            Quiet = TimeSpan.FromMilliseconds(20),
            PollInterval = poll ?? TimeSpan.FromMilliseconds(100),
        };
        Registry = Create();
    }

    public string Folder => _root.PathOf("connectors");

    public ConnectorRegistryOptions Options { get; }

    public ConnectorRegistry Registry { get; }

    public ListLogger Log { get; } = new();

    public IEnumerable<string> Errors =>
        Log.Entries.Where(entry => entry.Level == LogLevel.Error).Select(entry => entry.Text);

    public IEnumerable<string> Warnings =>
        Log.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Text);

    public IEnumerable<string> ToolNames => Registry.Current.Tools.Tools.Select(tool => tool.Name);

    public static string Manifest(string name, params string[] tools) =>
        $"""
            connector:
              manifest_version: 2
              name: '{name}'
              version: 1.0.0
              base_url: https://example.com
              tools:
            {string.Join('\n', tools.Select(Tool))}
            """;

    public static string Tool(string name) =>
        $"""
              - name: {name}
                description: Does {name}.
                endpoint: GET /{name}
                arguments: {"{}"}
                input_schema: {"{ type: object, properties: {} }"}
            """;

    /// <summary>
    /// Replaces a file at once, as editors and imports do: a half-written file would be its own change.
    /// </summary>
    public string Write(string file, string text) => Write(file, text, changed: null);

    /// <param name="file">Below the folder.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="changed">The time of its last change; now if null.</param>
    public string Write(string file, string text, DateTime? changed)
    {
        var written = _root.Write($"written/{Guid.NewGuid():N}", text);
        if (changed is { } time)
            File.SetLastWriteTimeUtc(written, time);
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(written, path, overwrite: true);
        return path;
    }

    public string PathOf(string file) => _root.PathOf("connectors", file);

    public async Task<ConnectorSnapshot> StartAsync()
    {
        Registry.Start();
        return await Registry.FirstLoad.WaitAsync(HangGuard, TestContext.Current.CancellationToken);
    }

    public async Task<ConnectorSnapshot> NextChangeAsync() =>
        (
            await _changes
                .Reader.ReadAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(HangGuard, TestContext.Current.CancellationToken)
        ).Now;

    /// <summary>Waits until the log holds an error.</summary>
    public async Task<string> NextErrorAsync()
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(HangGuard);
        while (true)
        {
            var added = Log.NextAsync(guard.Token);
            if (Errors.FirstOrDefault() is { } error)
                return error;
            await added;
        }
    }

    public void Dispose()
    {
        Registry.Dispose();
        _root.Dispose();
    }

    private ConnectorRegistry Create()
    {
        var registry = new ConnectorRegistry(Options, Log.CreateLogger<ConnectorRegistry>());
        registry.Changed += (_, change) => _changes.Writer.TryWrite(change);
        return registry;
    }
}
