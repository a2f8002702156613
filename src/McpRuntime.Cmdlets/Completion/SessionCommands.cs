using System.Management.Automation;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Runs commands of the current session from where there is no cmdlet: on its thread, in its scope.</summary>
internal static class SessionCommands
{
    /// <summary>Names and values of the variables.</summary>
    public static IEnumerable<(string Name, object? Value)> Variables()
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(@"Microsoft.PowerShell.Utility\Get-Variable");
        return
        [
            .. powershell
                .Invoke()
                .Select(item => item.BaseObject)
                .OfType<PSVariable>()
                .Select(variable =>
                    (variable.Name, variable.Value is PSObject wrapped ? wrapped.BaseObject : variable.Value)
                ),
        ];
    }

    /// <summary>Full paths of the files that a path with wildcards means.</summary>
    public static IEnumerable<string> Files(string path, bool isLiteral)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell
            .AddCommand(@"Microsoft.PowerShell.Management\Convert-Path")
            .AddParameter(isLiteral ? "LiteralPath" : "Path", path);
        return [.. powershell.Invoke().Select(item => item.BaseObject).OfType<string>().Where(File.Exists)];
    }
}
