using McpRuntime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Connectors.Registry;

/// <summary>
/// Tells the log what a load found, each thing once and not again with every look. Used by one thread at a time.
/// </summary>
internal sealed class RegistryLog(ILogger logger)
{
    private HashSet<Finding> _told = [];
    private HashSet<string> _toldNames = new(StringComparer.Ordinal);
    private bool _folderFailed;

    public void FolderFailed(string folder, Exception reason)
    {
        if (!_folderFailed)
            logger.LogError("The connectors folder {Folder} cannot be read: {Reason}", folder, reason.Message);
        _folderFailed = true;
    }

    public void FolderWorks() => _folderFailed = false;

    public void NoLockStart(string path, string objection) =>
        logger.LogWarning(
            "Tools are compared with the lock, which takes longer: {Path} {Objection}. 'mcp-runtime lock' renews it.",
            path,
            objection
        );

    public void Loaded(string folder, ConnectorSnapshot snapshot) =>
        logger.LogInformation(
            "Serving {Tools} of {Connectors} from {Folder}.",
            CountText.Of(snapshot.Tools.Tools.Count, "tool"),
            CountText.Of(snapshot.Connectors.Count, "connector"),
            folder
        );

    public void Findings(ConnectorSnapshot snapshot)
    {
        var findings = new HashSet<Finding>(snapshot.Findings);
        foreach (var finding in snapshot.Findings)
        {
            if (!_told.Contains(finding))
                logger.Log(LevelOf(finding.Severity), "{Finding}", UntrustedText.ForTerminal(finding.ToString()));
        }
        _told = findings;
        Names(snapshot.Tools);
    }

    private void Names(ToolCatalog tools)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (bare, choices) in tools.Ambiguous)
        {
            var served = string.Join(", ", choices);
            if (names.Add($"{bare}: {served}") && !_toldNames.Contains($"{bare}: {served}"))
            {
                var reason = WireName.Reserved.Contains(bare) ? "The built-in tools have" : "Several connectors have";
                logger.LogWarning("{Reason} a tool '{Name}'; tools are served as {Served}.", reason, bare, served);
            }
        }
        _toldNames = names;
    }

    private static LogLevel LevelOf(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Error => LogLevel.Error,
            FindingSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Debug,
        };
}
