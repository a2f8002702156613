using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;
using ModelContextProtocol.Client;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>Whether a session with an MCP server can be used.</summary>
public enum McpServerState
{
    Connected,

    /// <summary>The server has ended the session, or Disconnect-McpServer has.</summary>
    Ended,
}

/// <summary>A session with an MCP server, opened by Connect-McpServer; commands take it with -Server.</summary>
public sealed class McpServer : ISessionItem
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly McpClient _client;
    private readonly ChildProcess? _process;
    private readonly string? _location;
    private int _isClosed;

    internal McpServer(int id, string? name, McpClient client, Uri uri)
        : this(id, name, client, uri.Host)
    {
        Uri = uri;
        _location = uri.ToString();
    }

    internal McpServer(int id, string? name, McpClient client, ChildProcess process, string program, ServerLog log)
        : this(id, name, client, System.IO.Path.GetFileNameWithoutExtension(program))
    {
        Log = log;
        log.Server = Name;
        _process = process;
        Command = program;
        ProcessId = process.Id;
        _location = program;
    }

    private McpServer(int id, string? name, McpClient client, string otherwise)
    {
        Id = id;
        _client = client;
        ServerName = UntrustedText.Clean(client.ServerInfo?.Title ?? client.ServerInfo?.Name);
        ServerVersion = UntrustedText.Clean(client.ServerInfo?.Version);
        ProtocolVersion = client.NegotiatedProtocolVersion ?? "";
        Name = name ?? (ServerName.Length > 0 ? ServerName : otherwise);
    }

    /// <summary>Number of the session in this PowerShell session, from 1.</summary>
    public int Id { get; }

    /// <summary>The name given with -Name, else the server's own.</summary>
    public string Name { get; }

    public McpServerState State =>
        _isClosed != 0 || _client.Completion.IsCompleted || _process?.Ended.IsCompleted == true
            ? McpServerState.Ended
            : McpServerState.Connected;

    /// <summary>Where the server is; null for a program.</summary>
    public Uri? Uri { get; }

    /// <summary>Full path of the program; null for a server at a URL.</summary>
    public string? Command { get; }

    /// <summary>The program's process; null for a server at a URL.</summary>
    public int? ProcessId { get; }

    /// <summary>What the server calls itself.</summary>
    public string ServerName { get; }

    public string ServerVersion { get; }

    /// <summary>Revision of the protocol that both sides speak, such as 2025-11-25.</summary>
    public string ProtocolVersion { get; }

    /// <summary>What the program writes to its standard error; empty for a server at a URL.</summary>
    internal ServerLog Log { get; } = Ended();

    /// <summary>The open session.</summary>
    /// <exception cref="McpRuntimeException">The session has ended.</exception>
    internal McpClient Client =>
        State == McpServerState.Connected
            ? _client
            : throw new McpRuntimeException(
                $"The session with '{Name}' ({_location}) has ended.{(_isClosed == 0 ? LastWords() : "")} "
                    + $"Open a new one with Connect-McpServer."
            );

    public override string ToString() => Name;

    /// <summary>What a failure of a request means for the session.</summary>
    internal McpRuntimeException Explain(Exception exception) =>
        exception switch
        {
            McpRuntimeException explained => explained,
            ModelContextProtocol.McpException => new McpRuntimeException(
                $"'{Name}' answered with an error: {exception.Message}",
                exception
            ),
            _ => new McpRuntimeException(
                $"The session with '{Name}' ({_location}) has ended: {exception.Message}{LastWords()} Open a "
                    + $"new one with Connect-McpServer.",
                exception
            ),
        };

    private static ServerLog Ended()
    {
        var log = new ServerLog();
        log.End();
        return log;
    }

    private string LastWords() =>
        _process?.LastLines() is { Length: > 0 } lines
            ? $" The program's last output: {UntrustedText.ForTerminal(lines, keepLines: true)}"
            : "";

    void ISessionItem.Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        _process?.Dispose();
        try
        {
            _client.DisposeAsync().AsTask().Wait(Patience);
        }
        catch (AggregateException)
        {
            // The server is gone, or does not take the farewell of a session over HTTP.
        }
    }
}
