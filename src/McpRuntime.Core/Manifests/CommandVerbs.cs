using System.Collections.Frozen;
using McpRuntime.Diagnostics;

namespace McpRuntime.Manifests;

/// <summary>PowerShell's approved verbs (<c>Get-Verb</c> of 7.6).</summary>
internal static class CommandVerbs
{
    private static readonly string[] All = (
        // Common
        "Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Push Pop Redo Remove "
        + "Rename Reset Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch "
        // Communications
        + "Connect Disconnect Read Receive Send Write "
        // Data
        + "Backup Checkpoint Compare Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import "
        + "Initialize Limit Merge Mount Out Publish Restore Save Sync Unpublish Update "
        // Diagnostic
        + "Debug Measure Ping Repair Resolve Test Trace "
        // Lifecycle
        + "Approve Assert Build Complete Confirm Deny Deploy Disable Enable Install Invoke Register Request Restart "
        + "Resume Start Stop Submit Suspend Uninstall Unregister Wait "
        // Other, Security
        + "Use Block Grant Protect Revoke Unblock Unprotect"
    ).Split(' ');

    private static readonly FrozenSet<string> Set = All.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The verb as PowerShell spells it; null where it is not approved.</summary>
    public static string? Approved(string verb) => Set.TryGetValue(verb, out var approved) ? approved : null;

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> AllApproved => All;

    /// <summary>The nearest one, as a question; empty where none is near.</summary>
    internal static string DidYouMean(string verb) => NearNames.DidYouMean(verb, All);
}
