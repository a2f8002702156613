using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace McpRuntime.Files;

/// <summary>Whose files are, and who else may write them, on Windows.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsOwner
{
    private const FileSystemRights Writing =
        FileSystemRights.WriteData
        | FileSystemRights.AppendData
        | FileSystemRights.DeleteSubdirectoriesAndFiles
        | FileSystemRights.Delete
        | FileSystemRights.ChangePermissions
        | FileSystemRights.TakeOwnership;

    /// <summary>Why others may have written; null where they cannot.</summary>
    public static string? Explain(DirectoryInfo folder) =>
        folder.LinkTarget is null
            ? Explain(folder.GetAccessControl(AccessControlSections.Owner | AccessControlSections.Access))
            : "it is a link";

    /// <inheritdoc cref="Explain(DirectoryInfo)"/>
    public static string? Explain(FileInfo file) =>
        Explain(file.GetAccessControl(AccessControlSections.Owner | AccessControlSections.Access));

    private static string? Explain(FileSystemSecurity security)
    {
        using var user = WindowsIdentity.GetCurrent();
        if (security.GetOwner(typeof(SecurityIdentifier)) is not SecurityIdentifier owner || !IsTrusted(owner, user))
            return "it belongs to another user";
        foreach (
            FileSystemAccessRule rule in security.GetAccessRules(
                includeExplicit: true,
                includeInherited: true,
                typeof(SecurityIdentifier)
            )
        )
        {
            if (
                rule.AccessControlType == AccessControlType.Allow
                && (rule.FileSystemRights & Writing) != 0
                && !IsTrusted((SecurityIdentifier)rule.IdentityReference, user)
            )
                return "other users can write to it";
        }
        return null;
    }

    // Administrators and the system itself can write anywhere.
    private static bool IsTrusted(SecurityIdentifier who, WindowsIdentity user) =>
        who == user.User
        || who.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
        || who.IsWellKnown(WellKnownSidType.LocalSystemSid)
        || who.IsWellKnown(WellKnownSidType.CreatorOwnerSid);
}
