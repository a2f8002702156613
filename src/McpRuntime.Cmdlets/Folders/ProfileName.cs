namespace McpRuntime.Cmdlets.Folders;

/// <summary>Which of several accounts of a connector a parameter means.</summary>
internal static class ProfileName
{
    /// <summary>As <see cref="Configuration.ProfileChoice.IsName"/>.</summary>
    public const string Pattern = "^[A-Za-z0-9._@-]{1,64}$";
}
