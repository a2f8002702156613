namespace McpRuntime.Cmdlets.Callers;

/// <summary>What calls the tools of connectors in a session.</summary>
internal sealed class SessionCallers : IDisposable
{
    /// <summary>For commands.</summary>
    public LocalCallers Commands { get; } = new();

    /// <summary>For calls in the background, where no vault can ask for anything.</summary>
    public LocalCallers Jobs { get; } = new();

    public void Dispose()
    {
        Commands.Dispose();
        Jobs.Dispose();
    }
}
