using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// -WhatIf and -Confirm of a call. PowerShell compares $ConfirmPreference with the impact of a cmdlet, which is
/// declared once; here it is the tool's. The declared impact is the highest, so that ShouldProcess asks wherever this
/// says so.
/// </summary>
internal static class CallConfirmation
{
    // A question that fills the screen hides what is asked.
    private const int MaxShown = 2000;

    /// <summary>The call is to be made.</summary>
    public static bool Asks(McpCmdlet cmdlet, IToolTarget target, McpTool tool, JsonElement arguments, string? profile)
    {
        if (cmdlet.IsWhatIf())
        {
            cmdlet.ShowWhatIf(
                $"Call tool {UntrustedText.ForTerminal(tool.Name)}{Environment.NewLine}"
                    + $"{Preview(target, tool, arguments, profile)}"
            );
            return false;
        }
        var threshold = Threshold(cmdlet);
        if (threshold == ConfirmImpact.None || tool.Impact < threshold)
            return true;
        // The content of a file may be among the arguments.
        var shown = UntrustedText.Shorten(arguments.GetRawText(), MaxShown);
        return cmdlet.Confirm(UntrustedText.ForTerminal($"{tool.Name} {shown}"), "Call tool");
    }

    private static ConfirmImpact Threshold(McpCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out var value))
            return value is SwitchParameter { IsPresent: true } or true ? ConfirmImpact.Low : ConfirmImpact.None;
        return LanguagePrimitives.TryConvertTo<ConfirmImpact>(
            cmdlet.SessionState.PSVariable.GetValue("ConfirmPreference"),
            out var preference
        )
            ? preference
            : ConfirmImpact.High;
    }

    private static string Preview(IToolTarget target, McpTool tool, JsonElement arguments, string? profile)
    {
        try
        {
            return target.Preview(tool, arguments, profile);
        }
        catch (McpRuntimeException exception)
        {
            return $"{tool.Name}: {UntrustedText.ForTerminal(exception.Message, keepLines: true)}";
        }
    }
}
