using System.Management.Automation.Internal;
using McpRuntime.Cmdlets.Binding;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>
/// Names that the parameters of no argument have: those of PowerShell, and those that every command for an API has or
/// is going to have. Such an argument has the suffix <c>Value</c>. A name that is added here later renames parameters
/// of users.
/// </summary>
internal static class ReservedParameters
{
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Argument",
        "AsHashtable",
        "AsJob",
        "Force",
        "InputObject",
        "MaximumBytes",
        "OutFile",
        // Which account is used, where there are several.
        "Profile",
        "Raw",
        "ResponseHeadersVariable",
        "StatusCodeVariable",
        "TimeoutSec",
        "Wait",
    };

    // Public properties of every cmdlet: PowerShell would set those. As an alias such a name can be typed all the same.
    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        "CommandOrigin",
        "CommandRuntime",
        "CurrentPSTransaction",
        "Events",
        "Host",
        "InvokeCommand",
        "InvokeProvider",
        "JobManager",
        "JobRepository",
        "MyInvocation",
        "PagingParameters",
        "ParameterSetName",
        "PipelineStopToken",
        "SessionState",
        "Stopping",
    };

    private static readonly HashSet<string> Engine = new(
        [
            .. CmdletParameters.NamesOf(typeof(CommonParameters)),
            .. CmdletParameters.NamesOf(typeof(ShouldProcessParameters)),
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>No argument has a parameter of this name.</summary>
    public static bool Contains(string name) => Members.Contains(name) || IsTyped(name);

    /// <summary>Users can type it for another parameter, so that it is no alias either.</summary>
    public static bool IsTyped(string name) => Own.Contains(name) || Engine.Contains(name);
}
