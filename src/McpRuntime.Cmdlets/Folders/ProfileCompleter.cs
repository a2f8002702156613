using System.Collections;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>Profiles that have a credential: of the connector that the line names, else of all.</summary>
public sealed class ProfileCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        var connector = Bound(bound, "Connector");
        return new SecretRecordStore(ModuleOptions.Settings(Bound(bound, "ConnectorPath")).DataFolder)
            .All()
            .Where(entry => connector?.Equals(entry.Connector, StringComparison.OrdinalIgnoreCase) != false)
            .GroupBy(entry => entry.Key.Profile)
            .OrderBy(profile => profile.Key, StringComparer.Ordinal)
            .Select(profile => (profile.Key, Accounts(profile)));
    }

    private static string? Accounts(IEnumerable<SecretRecordEntry> entries)
    {
        var accounts = entries.Select(entry => entry.Record.Account).OfType<string>().Distinct().ToList();
        return accounts.Count == 0 ? null : string.Join(", ", accounts);
    }
}
