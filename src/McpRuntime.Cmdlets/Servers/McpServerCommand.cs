using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>A cmdlet that works with the open sessions of Connect-McpServer.</summary>
public abstract class McpServerCommand : McpCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";

    /// <summary>Names of sessions, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Numbers of sessions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>The sessions that were chosen; an error for a name or number that has none.</summary>
    private protected IReadOnlyList<McpServer> Chosen()
    {
        var all = ModuleSession.Of(this).Items<McpServer>();
        if (Id.Length + Name.Length == 0)
            return all;
        var chosen = new List<McpServer>();
        foreach (var id in Id)
        {
            if (all.FirstOrDefault(server => server.Id == id) is { } server)
                chosen.Add(server);
            else
                Missing($"No session with the number {id}.", id);
        }
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            // A name that has its own brackets is found as it is written, too.
            var found = all.Where(server =>
                    pattern.IsMatch(server.Name) || server.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                )
                .ToList();
            chosen.AddRange(found);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Missing($"No session '{name}'.", name);
        }
        return chosen;
    }

    private void Missing(string message, object target) =>
        Report(
            $"{message} Get-McpServer lists the sessions.",
            ErrorId.ServerNotFound,
            ErrorCategory.ObjectNotFound,
            target
        );
}
