using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>
/// The arguments that a PowerShell session was last offered as parameters, by the parameters' names.
/// </summary>
/// <remarks>
/// PowerShell makes a completer by its type and tells it no more than a parameter's name. It asks the command for its
/// dynamic parameters just before, on the same thread: without those, the name would not be known to be one.
/// </remarks>
internal sealed class OfferedArguments
{
    private static readonly ConditionalWeakTable<Runspace, OfferedArguments> Sessions = [];

    private volatile IReadOnlyDictionary<string, OfferedArgument> _arguments =
        new Dictionary<string, OfferedArgument>();

    /// <summary>Those of the session that runs on this thread.</summary>
    public static OfferedArguments Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    public void Set(IReadOnlyDictionary<string, OfferedArgument> arguments) => _arguments = arguments;

    /// <summary>The argument that a parameter stands for; null where none of that name was offered.</summary>
    public OfferedArgument? Find(string parameter) => _arguments.GetValueOrDefault(parameter);
}
