using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>Which of several accounts of a connector a parameter means.</summary>
internal static class ProfileName
{
    /// <summary>As <see cref="ProfileChoice.IsName"/>.</summary>
    public const string Pattern = "^[A-Za-z0-9._@-]{1,64}$";

    /// <summary>
    /// What a server's -Profile chooses; null where it was not given. A wrong one ends the command.
    /// </summary>
    public static ProfileChoice? Choice(McpCmdlet cmdlet, string? text)
    {
        try
        {
            return text is null ? null : ProfileChoice.Parse(text);
        }
        catch (FormatException exception)
        {
            throw cmdlet.Terminate(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, text);
        }
    }
}
