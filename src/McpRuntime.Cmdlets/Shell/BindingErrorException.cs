using System.Management.Automation;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// An error that comes up while PowerShell asks for parameters. Thrown there, it would be reported as an error of
/// binding; the command keeps it and reports it when it runs.
/// </summary>
internal sealed class BindingErrorException(ErrorRecord error)
    : McpRuntimeException(error.Exception.Message, error.Exception)
{
    public ErrorRecord Error { get; } = error;
}
