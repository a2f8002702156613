using System.Management.Automation;
using McpRuntime.Cmdlets.Processes;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Logs;

/// <summary>Get-McpLog: gets the log of servers of Start-McpRuntime, and of programs of Connect-McpServer.</summary>
/// <remarks>
/// <para>A server writes its log to standard error; the newest 5000 lines are kept. Each is an object with time, level,
/// category and message. Reading them removes nothing. Receive-Job returns the same objects, each of them once.</para>
/// <para>The variable MCP_RUNTIME_LOG_LEVEL sets the level of a server when it starts.</para>
/// </remarks>
/// <example>
/// <code>
/// Get-McpLog -Level Warning
/// </code>
/// Gets the warnings and errors of all servers of this session.
/// </example>
/// <example>
/// <code>
/// $server = Start-McpRuntime -Transport Stdio
/// Get-McpLog -Runtime $server -Tail 20
/// </code>
/// Shows the last lines of a server's log. With -Wait, new lines are shown until the server ends or Ctrl+C is pressed.
/// </example>
/// <example>
/// <code>
/// Get-McpServer | Get-McpLog
/// </code>
/// Shows what the programs of Connect-McpServer have written to their standard error.
/// </example>
[Cmdlet(VerbsCommon.Get, "McpLog", DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpLogEntry))]
public sealed class GetMcpLogCommand : McpRuntimeCommand
{
    private const string RuntimeSet = "Runtime";
    private const string ServerSet = "Server";

    private readonly List<ServerLog> _logs = [];

    /// <summary>Servers of Start-McpRuntime.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RuntimeSet)]
    [ValidateNotNull]
    public McpRuntimeJob[] Runtime { get; set; } = [];

    /// <summary>Sessions of Connect-McpServer with programs.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    public McpServer[] Server { get; set; } = [];

    /// <summary>The lowest level to return.</summary>
    [Parameter]
    public McpLogLevel Level { get; set; }

    /// <summary>Maximum number of lines of each server, the newest.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Continues with new lines until the servers end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void ProcessRecord() =>
        _logs.AddRange(
            ParameterSetName switch
            {
                ServerSet => Server.Select(server => server.Log),
                RuntimeSet => Runtime.Select(job => job.Log),
                _ => Chosen().Select(job => job.Log),
            }
        );

    protected override void EndProcessing()
    {
        var positions = new Dictionary<ServerLog, long>();
        var written = new List<McpLogEntry>();
        foreach (var log in _logs.Distinct())
        {
            long position = 0;
            var entries = Chosen(log.Read(ref position));
            written.AddRange(Tail is { } count ? entries.TakeLast(count) : entries);
            positions[log] = position;
        }
        WriteObject(written.OrderBy(entry => entry.Time), enumerateCollection: true);
        while (Wait && positions.Count > 0)
            Follow(positions);
    }

    private IEnumerable<McpLogEntry> Chosen(IReadOnlyList<McpLogEntry> entries) =>
        entries.Where(entry => entry.Level >= Level);

    private void Follow(Dictionary<ServerLog, long> positions)
    {
        Await(cancellationToken =>
            Task.WhenAny(positions.Select(log => log.Key.HasMoreAsync(log.Value))).WaitAsync(cancellationToken)
        );
        foreach (var (log, before) in positions.ToList())
        {
            var more = log.HasMoreAsync(before);
            if (!more.IsCompletedSuccessfully)
                continue;
            var position = before;
            WriteObject(Chosen(log.Read(ref position)), enumerateCollection: true);
            if (Wait && !more.Result)
                positions.Remove(log);
            else
                positions[log] = position;
        }
    }
}
