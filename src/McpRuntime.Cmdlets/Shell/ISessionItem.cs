namespace McpRuntime.Cmdlets.Shell;

/// <summary>Something that a command has opened for the session, and that ends with it.</summary>
internal interface ISessionItem
{
    /// <summary>Ends it in bounded time; safe to call again.</summary>
    void Close();
}
