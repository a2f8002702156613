using System.Management.Automation;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// Runs PowerShell where a vault can be asked: next to the session of a cmdlet, where a user may be prompted, or in a
/// server, where no one is.
/// </summary>
internal interface IScripts
{
    /// <param name="script">Starts with a <c>param()</c> block; values go in as arguments and never as text.</param>
    /// <param name="arguments">One for each parameter.</param>
    /// <exception cref="RuntimeException">The script failed.</exception>
    IReadOnlyList<PSObject> Run(string script, params object?[] arguments);
}
