using System.Management.Automation;
using McpRuntime.Approvals;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>A cmdlet that works with the credentials of connectors.</summary>
public abstract class McpCredentialCommand : McpConnectorCommand
{
    /// <summary>Names of security schemes. Default: all of the connector.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecuritySchemeCompleter))]
    public string[] SecurityScheme { get; set; } = [];

    /// <summary>The vaults, opened in this session: the user may be prompted.</summary>
    private protected SecretVault Vaults() => new(new CmdletScripts(this));

    private protected bool IsChosen(string scheme) =>
        SecurityScheme.Length == 0 || SecurityScheme.Contains(scheme, StringComparer.Ordinal);

    /// <summary>
    /// Does something with vaults and the user's records; what goes wrong is reported and the pipeline goes on.
    /// </summary>
    private protected void WithVaults(string connector, Action work)
    {
        try
        {
            work();
        }
        catch (VaultException exception)
        {
            Report(exception, exception.Id, exception.Category, connector);
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.UserDataNotUsable, ErrorCategory.ReadError, connector);
        }
    }

    private protected static string[] OriginsOf(RuntimeSettings settings, string connector) =>
        [.. new ApprovalStore(settings.DataFolder).For(connector).Origins.Select(entry => entry.Origin.ToString())];

    /// <summary>Connectors of the folder and those that only have a record, which match a name or wildcard.</summary>
    private protected static IReadOnlyList<string> Match(
        ConnectorSnapshot snapshot,
        IReadOnlyList<SecretRecordEntry> records,
        IReadOnlyList<string> names
    )
    {
        var all = snapshot
            .Connectors.Select(loaded => loaded.Manifest.Name)
            .Concat(records.Select(entry => entry.Connector))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        if (names.Count == 0)
            return [.. all];
        var patterns = names
            .Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))
            .ToList();
        return [.. all.Where(name => patterns.Exists(pattern => pattern.IsMatch(name)))];
    }
}
