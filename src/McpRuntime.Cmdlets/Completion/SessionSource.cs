using System.Management.Automation;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>A command that gets what the session has opened, such as Get-McpServer.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Cmdlet">Its class: a function of the session may have the same name.</param>
internal sealed record SessionSource(string Command, Type Cmdlet)
{
    /// <summary>What it writes.</summary>
    /// <param name="parameter">One of its parameters; null for none.</param>
    /// <param name="value">The parameter's value.</param>
    public IEnumerable<object> Get(string? parameter = null, object? value = null)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(new CmdletInfo(Command, Cmdlet));
        if (parameter is not null)
            powershell.AddParameter(parameter, value);
        return [.. powershell.Invoke().Select(item => item.BaseObject)];
    }
}
