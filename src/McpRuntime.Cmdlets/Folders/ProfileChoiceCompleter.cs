using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>
/// Profiles that have a credential, for servers: the name alone, for all connectors, and with each connector that has
/// it; also after a comma.
/// </summary>
public sealed class ProfileChoiceCompleter : McpCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line)
    {
        var begin = line.Word[..(line.Word.LastIndexOf(',') + 1)];
        var entries = new SecretRecordStore(
            ModuleOptions.Settings(Bound(line.Bound, "ConnectorPath")).DataFolder
        ).All();
        var names = entries.Select(entry => entry.Key.Profile).Distinct().Order(StringComparer.Ordinal);
        var pairs = entries.Select(entry => $"{entry.Connector}={entry.Key.Profile}").Distinct();
        return names
            .Where(_ => begin.Length == 0)
            .Concat(pairs.Order(StringComparer.Ordinal))
            .Select(choice => begin + choice)
            .Where(line.IsBegunBy)
            .Select(choice => Result(begin.Length == 0 ? choice : $"'{choice}'", choice, null));
    }
}
