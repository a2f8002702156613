namespace McpRuntime.Stdio;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>It worked.</summary>
    public const int Good = 0;

    /// <summary>The thing is invalid, or the call failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is wrong; nothing was tried.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ended by Ctrl+C: 128 + SIGINT, as shells count.</summary>
    public const int Stopped = 130;

    /// <summary>Ended by SIGTERM: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
