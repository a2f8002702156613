using System.Management.Automation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// Runs PowerShell where a vault can be asked: beside the session of a cmdlet, where a person may be prompted, or in a
/// server, where nobody is.
/// </summary>
internal interface IScripts
{
    /// <param name="script">Starts with a <c>param()</c> block; values go in as arguments and never as text.</param>
    /// <param name="arguments">One for each parameter.</param>
    /// <exception cref="RuntimeException">The script failed.</exception>
    IReadOnlyList<PSObject> Run(string script, params object?[] arguments);
}
