using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// What a session knows of the types of answers: what is shown of them, and the alias of their identifier. A type is
/// added when the first object of it is written, so that those that never come cost nothing.
/// </summary>
internal static class SessionTypes
{
    private static readonly ConditionalWeakTable<Runspace, HashSet<string>> Sessions = [];

    // Named by its class: by its name, PowerShell would import the whole module, which takes a tenth of a second.
    private static readonly Lazy<CmdletInfo?> Update = new(() =>
        Type.GetType("Microsoft.PowerShell.Commands.UpdateTypeDataCommand, Microsoft.PowerShell.Commands.Utility")
            is { } type
            ? new CmdletInfo("Update-TypeData", type)
            : null
    );

    /// <param name="name">The type's name.</param>
    /// <param name="describe">Makes its description; null for one that there is nothing to say about.</param>
    public static void Add(string name, Func<TypeData?> describe)
    {
        if (!Sessions.GetOrCreateValue(Runspace.DefaultRunspace).Add(name))
            return;
        if (describe() is not { } data || Update.Value is not { } update)
            return;
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(update).AddParameter("TypeData", data).AddParameter("Force").Invoke();
    }
}
