using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Runtime;

/// <summary>A cmdlet that works with the servers of this session.</summary>
public abstract class McpRuntimeCommand : McpCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";

    /// <summary>Names of servers, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuntimeNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Job ids of servers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public int[] Id { get; set; } = [];

    /// <summary>The servers that were chosen; an error for a name or id that is none.</summary>
    private protected IReadOnlyList<McpRuntimeJob> Chosen()
    {
        var all = JobRepository.Jobs.OfType<McpRuntimeJob>().ToList();
        var chosen = new List<McpRuntimeJob>();
        foreach (var id in Id)
            Add(all.Where(job => job.Id == id), () => NotFound($"There is no server with the job id {id}.", id));
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            Add(all.Where(job => pattern.IsMatch(job.Name)), () =>
            {
                if (!WildcardPattern.ContainsWildcardCharacters(name))
                    NotFound($"There is no server '{name}' in this session.", name);
            });
        }
        return Id.Length + Name.Length == 0 ? all : chosen;

        void Add(IEnumerable<McpRuntimeJob> found, Action otherwise)
        {
            var before = chosen.Count;
            chosen.AddRange(found);
            if (chosen.Count == before)
                otherwise();
        }
    }

    private void NotFound(string message, object target) =>
        Report(message, ErrorId.RuntimeNotFound, ErrorCategory.ObjectNotFound, target);
}
